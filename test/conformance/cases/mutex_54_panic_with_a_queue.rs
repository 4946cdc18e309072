// Pins: a holder that panics unlocks: the first in line has the lock, and sees what the holder left
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    let m = Arc::new(Mutex::new(0));
    let mut hs = Vec::new();
    for name in ["A", "B", "C"] {
        let m = m.clone();
        hs.push(spawn(async move {
            let mut g = m.lock().await;
            log!(name, "finds {}", *g);
            *g += 1;
            sleep(ms(5)).await;
            if name != "C" {
                panic!("{} fails", name);
            }
            *g += 10;
        }));
    }
    for h in hs {
        match h.await {
            Ok(()) => log!("main", "ok"),
            Err(e) => log!("main", "{}", panic_text(e.into_panic())),
        }
    }
    log!("main", "value {}", *m.lock().await);
}
