// Pins: a downgrade lets in the readers that are first in line, up to the next writer
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let l = Arc::new(RwLock::new(0));
    let w = l.clone().write_owned().await;
    let mut hs = Vec::new();
    for (name, writes) in [("r1", false), ("r2", false), ("w3", true), ("r4", false)] {
        let l = l.clone();
        hs.push(spawn(async move {
            if writes {
                let _g = l.write().await;
                log!(name, "in");
                sleep(ms(10)).await;
                log!(name, "out");
            } else {
                let _g = l.read().await;
                log!(name, "in");
                sleep(ms(10)).await;
                log!(name, "out");
            }
        }));
    }
    sleep(ms(5)).await;
    let r = w.downgrade();
    log!("main", "downgraded");
    sleep(ms(20)).await;
    log!("main", "releases");
    drop(r);
    for h in hs {
        h.await.unwrap();
    }
}
