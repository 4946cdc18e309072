// Pins: wait() needs both: the tracker closed, and no task left
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio_util::task::TaskTracker;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let tracker = TaskTracker::new();
    log!(
        "main",
        "open and empty, ready={}",
        tracker.wait().now_or_never().is_some()
    );
    tracker.close();
    log!(
        "main",
        "closed and empty, ready={}",
        tracker.wait().now_or_never().is_some()
    );
    log!(
        "main",
        "reopen {} again {}",
        tracker.reopen(),
        tracker.reopen()
    );
    for (name, takes) in [("A", 10), ("B", 20)] {
        tracker.spawn(async move {
            sleep(ms(takes)).await;
            log!(name, "ends");
        });
    }
    log!("main", "len {} empty {}", tracker.len(), tracker.is_empty());
    let mut hs = Vec::new();
    for name in ["w1", "w2"] {
        let tracker = tracker.clone();
        hs.push(spawn(traced(name, async move {
            tracker.wait().await;
        })));
    }
    sleep(ms(15)).await;
    log!("main", "len {}", tracker.len());
    sleep(ms(15)).await;
    log!("main", "len {}, closes {}", tracker.len(), tracker.close());
    log!(
        "main",
        "closes again {} is_closed {}",
        tracker.close(),
        tracker.is_closed()
    );
    for h in hs {
        h.await.unwrap();
    }
    tracker.spawn(async {
        sleep(ms(5)).await;
        log!("C", "ends, spawned on a closed tracker");
    });
    tracker.wait().await;
    log!("main", "end");
}
