// Pins: a large request that times out at the head gives its share back, and the small one behind it gets it at once
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(2));
    let big = spawn({
        let s = s.clone();
        async move {
            let r = timeout(ms(10), s.acquire_many(3)).await;
            log!(
                "big",
                "ok={} available={}",
                r.is_ok(),
                s.available_permits()
            );
        }
    });
    let mut hs = vec![big];
    for name in ["small-1", "small-2", "small-3"] {
        let s = s.clone();
        hs.push(spawn(async move {
            let _p = s.acquire().await.unwrap();
            log!(name, "acquired, available={}", s.available_permits());
            sleep(ms(7)).await;
            log!(name, "done");
        }));
    }
    yield_now().await;
    log!("main", "available={}", s.available_permits());
    for h in hs {
        h.await.unwrap();
    }
    log!("main", "available={}", s.available_permits());
}
