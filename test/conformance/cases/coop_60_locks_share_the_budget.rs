// Pins: read, write, lock and acquire draw on the same 128 units
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    spawn(traced("task", async {
        let (l, m, s) = (RwLock::new(0), Mutex::new(0), Semaphore::new(1));
        for i in 0..100 {
            drop(l.read().await);
            drop(l.write().await);
            drop(m.lock().await);
            drop(s.acquire().await.unwrap());
            if i % 10 == 9 {
                log!("task", "{} rounds", i + 1);
            }
        }
    }))
    .await
    .unwrap();
}
