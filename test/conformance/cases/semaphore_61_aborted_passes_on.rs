// Pins: what an aborted waiter was granted, wholly or in part, goes to those behind it, first come first served
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(2));
    let p = s.clone().acquire_many_owned(2).await.unwrap();
    let mut hs = Vec::new();
    for (name, n) in [("A3", 3), ("B1", 1), ("C2", 2), ("D1", 1)] {
        let s = s.clone();
        hs.push(spawn(async move {
            let _p = s.acquire_many(n).await.unwrap();
            log!(name, "acquired, free {}", s.available_permits());
            sleep(ms(10)).await;
            log!(name, "end");
        }));
    }
    yield_now().await;
    drop(p);
    log!("main", "two back, free {}", s.available_permits());
    sleep(ms(1)).await;
    hs[0].abort();
    log!(
        "main",
        "aborted A3 which has a part, free {}",
        s.available_permits()
    );
    sleep(ms(3)).await;
    s.add_permits(1);
    hs[2].abort();
    log!("main", "aborted C2, free {}", s.available_permits());
    sleep(ms(30)).await;
    log!("main", "free {}", s.available_permits());
}
