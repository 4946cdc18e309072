// Pins: notify_last releases the waiter that came last, notify_one the one that came first; without a waiter both store the one permit
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Arc::new(Notify::new());
    let mut hs = Vec::new();
    for name in ["A", "B", "C", "D"] {
        let n = n.clone();
        hs.push(spawn(async move {
            n.notified().await;
            log!(name, "notified");
        }));
    }
    sleep(ms(5)).await;
    n.notify_last();
    n.notify_one();
    n.notify_last();
    log!("main", "last, one, last");
    sleep(ms(5)).await;
    n.notify_last();
    n.notify_last();
    n.notify_one();
    for h in hs {
        h.await.unwrap();
    }
    log!("main", "stored={}", n.notified().now_or_never().is_some());
    log!("main", "stored={}", n.notified().now_or_never().is_some());
    n.notify_last();
    log!("main", "stored={}", n.notified().now_or_never().is_some());
}
