// Pins: to wait costs one unit, and one more at once after the first generation; to arrive last costs nothing
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

async fn spend(n: u32) {
    let m = Mutex::new(());
    for _ in 0..n {
        drop(m.lock().await);
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    for used in [126u32, 127, 128] {
        let b = Arc::new(Barrier::new(2));
        for generation in 1..=2 {
            log!("main", "used {} generation {}", used, generation);
            let b1 = b.clone();
            let w = spawn(traced("waiter", async move {
                spend(used).await;
                b1.wait().await.is_leader()
            }));
            let b2 = b.clone();
            let l = spawn(traced("leader", async move {
                spend(128).await;
                sleep(ms(5)).await;
                spend(128).await;
                b2.wait().await.is_leader()
            }));
            let (w, l) = (w.await.unwrap(), l.await.unwrap());
            log!("main", "waiter={} leader={}", w, l);
        }
    }
}
