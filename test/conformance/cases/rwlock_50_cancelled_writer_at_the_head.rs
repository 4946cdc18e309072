// Pins: a writer aborted at the head lets the readers behind it join the reader inside, up to the next writer
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let l = Arc::new(RwLock::new(0));
    let mut hs = Vec::new();
    for (name, writes, hold) in [
        ("r1", false, 30),
        ("w2", true, 5),
        ("r3", false, 10),
        ("r4", false, 40),
        ("w5", true, 5),
        ("r6", false, 5),
    ] {
        let l = l.clone();
        hs.push(spawn(async move {
            if writes {
                let mut g = l.write().await;
                *g += 1;
                log!(name, "in");
                sleep(ms(hold)).await;
                log!(name, "out");
            } else {
                let g = l.read().await;
                log!(name, "in, value {}", *g);
                sleep(ms(hold)).await;
                log!(name, "out");
            }
        }));
    }
    sleep(ms(5)).await;
    hs[1].abort();
    log!("main", "aborted w2");
    for h in hs {
        let _ = h.await;
    }
}
