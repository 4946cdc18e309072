// Pins: a task whose budget is used up, beside a task that wakes itself and one that yields: who runs when
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut hs = Vec::new();
    hs.push(spawn(traced("hungry", async {
        let s = Semaphore::new(1);
        for i in 1..=400 {
            let _p = s.acquire().await.unwrap();
            if i % 100 == 0 {
                log!("hungry", "{}", i);
            }
        }
    })));
    hs.push(spawn(async {
        for i in 0..4 {
            log!("self-waker", "{}", i);
            self_wake().await;
        }
    }));
    hs.push(spawn(async {
        for i in 0..4 {
            log!("yielder", "{}", i);
            yield_now().await;
        }
    }));
    for h in hs {
        h.await.unwrap();
    }
}
