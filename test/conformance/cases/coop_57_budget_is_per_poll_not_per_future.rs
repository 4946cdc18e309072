// Pins: a join of two hungry futures, and one hungry future after another, use one budget; what is spawned has its own
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let hungry = |name: &'static str, n: u32| {
        traced(name, async move {
            let s = Semaphore::new(1);
            for _ in 0..n {
                drop(s.acquire().await.unwrap());
            }
        })
    };
    hungry("first 100", 100).await;
    hungry("second 100", 100).await;
    yield_now().await;
    let h = spawn(hungry("spawned 100", 100));
    join!(
        hungry("joined 50", 50),
        hungry("joined 70", 70),
        hungry("joined 20", 20)
    );
    h.await.unwrap();
}
