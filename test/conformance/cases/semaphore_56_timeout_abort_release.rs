// Pins: timeouts, an abort and releases meet in one queue: who gets in, and when
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(2));
    let mut hs = Vec::new();
    for (name, want, limit, hold) in [
        ("A", 2, 100, 20),
        ("B", 2, 10, 20),
        ("C", 1, 100, 20),
        ("D", 2, 100, 20),
        ("E", 1, 25, 20),
        ("F", 1, 100, 5),
    ] {
        let s = s.clone();
        hs.push(spawn(async move {
            let _g = OnDrop(name);
            match timeout(ms(limit), s.acquire_many(want)).await {
                Ok(_p) => {
                    log!(name, "acquired {}", want);
                    sleep(ms(hold)).await;
                    log!(name, "releases");
                }
                Err(_) => log!(name, "timed out"),
            }
        }));
    }
    sleep(ms(30)).await;
    log!("main", "aborts C, which holds 1, while D collects");
    hs[2].abort();
    for h in hs {
        let _ = h.await;
    }
    log!("main", "available={}", s.available_permits());
}
