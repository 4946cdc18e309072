// Pins: a tracked task counts until it is gone, also if it is aborted, panics, or was only tracked and dropped; a token counts as a task
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio_util::task::TaskTracker;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    let tracker = TaskTracker::new();
    let aborted = tracker.spawn(async { sleep(secs(100)).await });
    let panics = tracker.spawn(async {
        sleep(ms(10)).await;
        panic!("oh");
    });
    let token = tracker.token();
    let tracked = tracker.track_future(async {
        sleep(ms(5)).await;
        7
    });
    log!("main", "len {}", tracker.len());
    yield_now().await;
    aborted.abort();
    log!("main", "aborted, len {}", tracker.len());
    let _ = aborted.await;
    log!("main", "gone, len {}", tracker.len());
    let _ = panics.await;
    log!("main", "panicked, len {}", tracker.len());
    log!("main", "{}, len {}", tracked.await, tracker.len());
    let unused = tracker.track_future(async {});
    log!("main", "len {}", tracker.len());
    drop(unused);
    tracker.close();
    let w = spawn(traced("wait", {
        let tracker = tracker.clone();
        async move { tracker.wait().await }
    }));
    yield_now().await;
    let second = token.clone();
    drop(token);
    log!("main", "len {}", tracker.len());
    yield_now().await;
    drop(second);
    log!("main", "len {}", tracker.len());
    w.await.unwrap();
}
