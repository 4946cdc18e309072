// Pins: a waiter that has been granted its permits, but has not run when the semaphore closes, gets an error, and the permits go back
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(0));
    let mut hs = Vec::new();
    for (name, n) in [("two", 2), ("three", 3)] {
        let s = s.clone();
        hs.push(spawn(async move {
            let r = s.acquire_many(n).await;
            log!(name, "ok={}", r.is_ok());
        }));
    }
    yield_now().await;
    s.add_permits(4);
    log!("main", "added, free {}", s.available_permits());
    s.close();
    log!("main", "closed, free {}", s.available_permits());
    for h in hs {
        h.await.unwrap();
    }
    log!("main", "end, free {}", s.available_permits());
    s.add_permits(1);
    log!(
        "main",
        "added, free {} try={:?}",
        s.available_permits(),
        s.try_acquire().unwrap_err()
    );
}
