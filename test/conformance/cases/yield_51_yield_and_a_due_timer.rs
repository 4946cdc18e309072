// Pins: tasks that yield and tasks whose timer is due: which of them one driver step resumes first
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut hs = Vec::new();
    for (name, takes) in [("s1", 5), ("s2", 5)] {
        hs.push(spawn(async move {
            sleep(ms(takes)).await;
            log!(name, "slept");
        }));
    }
    for name in ["y1", "y2"] {
        hs.push(spawn(async move {
            sleep(ms(1)).await;
            for i in 0..3 {
                log!(name, "{}", i);
                if i == 0 && name == "y2" {
                    tokio::time::advance(ms(10)).await;
                    log!(name, "advanced");
                }
                yield_now().await;
            }
        }));
    }
    for h in hs {
        h.await.unwrap();
    }
}
