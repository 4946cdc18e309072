// Pins: one task that stands in line twice: each place is served by itself, and the task is polled once for both
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(0));
    let h = spawn(traced("task", {
        let s = s.clone();
        async move {
            join!(
                async {
                    let _p = traced("two", s.acquire_many(2)).await.unwrap();
                    sleep(ms(5)).await;
                    log!("two", "gives back");
                },
                async {
                    let _p = traced("one", s.acquire()).await.unwrap();
                    log!("one", "gives back");
                },
                async {
                    let _p = traced("three", s.acquire_many(3)).await.unwrap();
                    log!("three", "gives back");
                },
            );
        }
    }));
    sleep(ms(5)).await;
    s.add_permits(1);
    log!("main", "add 1");
    sleep(ms(5)).await;
    s.add_permits(2);
    log!("main", "add 2");
    h.await.unwrap();
    log!("main", "available {}", s.available_permits());
}
