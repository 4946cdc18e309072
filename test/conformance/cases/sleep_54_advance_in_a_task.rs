// Pins: advance() in a task: timers that it passes wake their tasks, at the new time, and advance() comes back behind them
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut hs = Vec::new();
    for (name, takes) in [("s3", 3), ("s8", 8), ("s13", 13)] {
        hs.push(spawn(async move {
            sleep(ms(takes)).await;
            log!(name, "woke");
        }));
    }
    hs.push(spawn(async {
        log!("task", "advances by 0");
        tokio::time::advance(ms(0)).await;
        log!("task", "advances by 8");
        tokio::time::advance(ms(8)).await;
        log!("task", "advanced");
        sleep(ms(1)).await;
        log!("task", "slept");
    }));
    for h in hs {
        h.await.unwrap();
    }
}
