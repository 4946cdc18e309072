// Pins: two waiters are notified and both give up before their turn: the third is notified, and one permit is stored
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
        hs.push(spawn(traced(name, async move {
            n.notified().await;
        })));
    }
    sleep(ms(5)).await;
    n.notify_one();
    n.notify_one();
    hs[0].abort();
    hs[1].abort();
    log!("main", "aborted A and B");
    for h in hs {
        let _ = h.await;
    }
    log!("main", "stored={}", n.notified().now_or_never().is_some());
    log!("main", "stored={}", n.notified().now_or_never().is_some());
}
