// Pins: a future made before notify_waiters is completed by it, however late it is polled, and leaves a stored permit for others
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Notify::new();
    let early = n.notified();
    n.notify_one();
    n.notify_waiters();
    log!("main", "early ready={}", early.now_or_never().is_some());
    log!(
        "main",
        "permit left={}",
        n.notified().now_or_never().is_some()
    );

    let early = n.notified();
    let late = Box::pin(n.notified());
    n.notify_waiters();
    n.notify_waiters();
    drop(early);
    log!(
        "main",
        "after drop, fresh ready={}",
        n.notified().now_or_never().is_some()
    );
    sleep(ms(5)).await;
    log!("main", "late ready={}", late.now_or_never().is_some());
}
