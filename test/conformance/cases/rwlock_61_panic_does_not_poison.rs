// Pins: a writer that panics leaves the value as it is, and the lock free
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    let l = Arc::new(RwLock::new(1));
    let l1 = l.clone();
    let h = spawn(async move {
        let mut g = l1.write().await;
        *g = 2;
        sleep(ms(5)).await;
        panic!("half done");
    });
    let l2 = l.clone();
    let r = spawn(async move {
        log!("R", "waits");
        let g = l2.read().await;
        log!("R", "sees {}", *g);
    });
    log!("main", "panic={}", h.await.unwrap_err().is_panic());
    r.await.unwrap();
}
