// Pins: notify_waiters wakes who waits now, first come first; who waits again meanwhile is not woken again
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Arc::new(Notify::new());
    for name in ["A", "B", "C"] {
        let n = n.clone();
        spawn(async move {
            for i in 0..2 {
                n.notified().await;
                log!(name, "notified {}", i);
            }
        });
    }
    yield_now().await;
    log!("main", "notify_waiters");
    n.notify_waiters();
    sleep(ms(1)).await;
    log!("main", "notify_one");
    n.notify_one();
    sleep(ms(1)).await;
    log!("main", "notify_waiters");
    n.notify_waiters();
    sleep(ms(1)).await;
}
