// Pins: permits that come one by one to a large request wake it once, when it has them all
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(1));
    let h = spawn(traced("big", {
        let s = s.clone();
        async move {
            let p = s.acquire_many(4).await.unwrap();
            log!("big", "holds 4");
            drop(p);
        }
    }));
    yield_now().await;
    for _ in 0..3 {
        sleep(ms(5)).await;
        s.add_permits(1);
        log!("main", "add 1, available={}", s.available_permits());
    }
    h.await.unwrap();
    log!("main", "available={}", s.available_permits());
}
