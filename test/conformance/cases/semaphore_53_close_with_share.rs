// Pins: close() while a large request has collected a part: waiters fail, and the part is free again
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(2));
    let held = s.clone().try_acquire_owned().unwrap();
    let mut hs = Vec::new();
    for (name, n) in [("big", 3), ("small", 1)] {
        let s = s.clone();
        hs.push(spawn(async move {
            let r = s.acquire_many(n).await;
            log!(name, "ok={} available={}", r.is_ok(), s.available_permits());
        }));
    }
    sleep(ms(5)).await;
    log!("main", "available={}", s.available_permits());
    s.close();
    log!(
        "main",
        "closed={} available={}",
        s.is_closed(),
        s.available_permits()
    );
    for h in hs {
        h.await.unwrap();
    }
    drop(held);
    log!("main", "available={}", s.available_permits());
    let refused = s.try_acquire().map(drop).unwrap_err();
    log!("main", "{}", refused);
}
