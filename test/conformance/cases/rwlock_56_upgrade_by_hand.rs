// Pins: a task that asks to write while it reads waits for itself: a timeout frees it, and readers that came meanwhile go on
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let l = Arc::new(RwLock::new(0));
    let h = spawn({
        let l = l.clone();
        async move {
            let r = l.read().await;
            log!("upgrader", "reads {}", *r);
            let w = timeout(ms(10), l.write()).await;
            log!("upgrader", "write ok={}", w.is_ok());
            drop(r);
            *l.write().await += 1;
            log!("upgrader", "wrote");
        }
    });
    let mut hs = Vec::new();
    for (name, pause) in [("r1", 5), ("r2", 8)] {
        let l = l.clone();
        hs.push(spawn(async move {
            sleep(ms(pause)).await;
            log!(name, "asks");
            let r = l.read().await;
            log!(name, "reads {}", *r);
            sleep(ms(5)).await;
            log!(name, "done");
        }));
    }
    h.await.unwrap();
    for h in hs {
        h.await.unwrap();
    }
}
