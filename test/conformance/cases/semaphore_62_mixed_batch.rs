// Pins: permits are dealt out in line: a big request that is not served holds up the small ones behind it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(0));
    for (name, n) in [("one", 1), ("two", 2), ("four", 4), ("last", 1)] {
        let s = s.clone();
        spawn(async move {
            s.acquire_many(n).await.unwrap().forget();
            log!(name, "acquired");
        });
    }
    yield_now().await;
    for n in [2u32, 3, 1, 5] {
        log!("main", "add {}", n);
        s.add_permits(n as usize);
        log!("main", "free {}", s.available_permits());
        sleep(ms(1)).await;
    }
}
