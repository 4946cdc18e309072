// Pins: several tasks that yield at the same time: the order in which one driver step resumes them, round after round
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut hs = Vec::new();
    for name in ["A", "B", "C", "D"] {
        hs.push(spawn(async move {
            for i in 0..4 {
                log!(name, "{}", i);
                if name == "C" && i == 1 {
                    self_wake().await;
                } else {
                    yield_now().await;
                }
            }
        }));
    }
    for i in 0..3 {
        log!("main", "{}", i);
        yield_now().await;
    }
    for h in hs {
        h.await.unwrap();
    }
}
