// Pins: consume_budget lets others run after 128 units
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let count = Arc::new(AtomicUsize::new(0));
    for label in ["a", "b"] {
        let count = count.clone();
        spawn(async move {
            for _ in 0..3 {
                log!(label, "count={}", count.load(Ordering::SeqCst));
                yield_now().await;
            }
        });
    }
    let c = count.clone();
    let task = spawn(traced("task", async move {
        for _ in 0..300 {
            tokio::task::consume_budget().await;
            c.fetch_add(1, Ordering::SeqCst);
        }
    }));
    task.await.unwrap();
}
