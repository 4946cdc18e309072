// Pins: a downgrade with a writer first in line lets nobody in: the readers behind the writer stay behind it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let l = Arc::new(RwLock::new("first"));
    let w = l.clone().write_owned().await;
    let mut hs = Vec::new();
    hs.push(spawn({
        let l = l.clone();
        async move {
            let mut g = l.write().await;
            log!("writer", "in");
            *g = "second";
            sleep(ms(5)).await;
            log!("writer", "out");
        }
    }));
    for name in ["reader-1", "reader-2"] {
        let l = l.clone();
        hs.push(spawn(async move {
            let g = l.read().await;
            log!(name, "in, {}", *g);
        }));
    }
    sleep(ms(5)).await;
    let r = w.downgrade();
    log!("main", "downgraded, try_read ok={}", l.try_read().is_ok());
    sleep(ms(5)).await;
    log!("main", "drops its read guard, {}", *r);
    drop(r);
    for h in hs {
        h.await.unwrap();
    }
}
