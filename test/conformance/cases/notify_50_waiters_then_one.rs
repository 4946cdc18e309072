// Pins: notify_waiters and then notify_one: the waiters there are released, and the permit of notify_one stays for who comes next
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Arc::new(Notify::new());
    let mut hs = Vec::new();
    for name in ["A", "B", "C"] {
        let n = n.clone();
        hs.push(spawn(async move {
            n.notified().await;
            log!(name, "first");
            let r = timeout(ms(10), n.notified()).await;
            log!(name, "second ok={}", r.is_ok());
        }));
    }
    sleep(ms(5)).await;
    n.notify_waiters();
    n.notify_one();
    n.notify_one();
    log!("main", "notified");
    for h in hs {
        h.await.unwrap();
    }
}
