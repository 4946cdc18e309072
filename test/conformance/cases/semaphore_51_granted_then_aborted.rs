// Pins: a waiter that was granted its permits but is aborted before its turn passes them on to the next
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(0));
    let mut hs = Vec::new();
    for (name, n) in [("A", 2), ("B", 1), ("C", 1), ("D", 1)] {
        let s = s.clone();
        hs.push(spawn(traced(name, async move {
            s.acquire_many(n).await.unwrap().forget();
        })));
    }
    sleep(ms(5)).await;
    s.add_permits(2);
    log!("main", "2 for A, which is aborted");
    hs[0].abort();
    sleep(ms(5)).await;
    log!("main", "available={}", s.available_permits());
    hs[3].abort();
    yield_now().await;
    log!("main", "try_acquire={}", s.try_acquire().is_ok());
}
