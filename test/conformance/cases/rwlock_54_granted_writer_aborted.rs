// Pins: a writer that was handed the lock but is aborted before its turn hands it to the readers behind it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let l = Arc::new(RwLock::new(0));
    let held = l.clone().write_owned().await;
    let mut hs = Vec::new();
    hs.push(spawn(traced("w1", {
        let l = l.clone();
        async move {
            *l.write().await += 1;
        }
    })));
    for name in ["r2", "r3"] {
        let l = l.clone();
        hs.push(spawn(traced(name, async move {
            log!(name, "value {}", *l.read().await);
        })));
    }
    sleep(ms(5)).await;
    drop(held);
    hs[0].abort();
    log!(
        "main",
        "released and aborted w1, try_write ok={}",
        l.try_write().is_ok()
    );
    for h in hs {
        let _ = h.await;
    }
}
