// Pins: an acquire without budget does not stand in line yet: who asks while the task waits for its turn is served first
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(0));
    let a = spawn({
        let s = s.clone();
        async move {
            let free = Semaphore::new(1);
            for _ in 0..128 {
                drop(free.acquire().await.unwrap());
            }
            log!("hungry", "asks");
            let _p = s.acquire().await.unwrap();
            log!("hungry", "has it");
        }
    });
    let b = spawn({
        let s = s.clone();
        async move {
            log!("other", "asks");
            let _p = s.acquire().await.unwrap();
            log!("other", "has it");
        }
    });
    sleep(ms(5)).await;
    s.add_permits(1);
    a.await.unwrap();
    b.await.unwrap();
}
