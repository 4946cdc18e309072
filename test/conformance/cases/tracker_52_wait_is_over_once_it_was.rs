// Pins: a wait that was reached stays reached, though tasks come or the tracker reopens before the waiter runs
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
    tracker.close();
    let token = tracker.token();
    let w = spawn(traced("waiter", {
        let tracker = tracker.clone();
        async move { tracker.wait().await }
    }));
    yield_now().await;
    drop(token);
    let again = tracker.token();
    tracker.reopen();
    log!(
        "main",
        "len {} closed {}",
        tracker.len(),
        tracker.is_closed()
    );
    w.await.unwrap();
    log!("main", "ready={}", tracker.wait().now_or_never().is_some());
    let mut unpolled = Box::pin(tracker.wait());
    tracker.close();
    drop(again);
    let _more = tracker.token();
    log!(
        "main",
        "made before: ready={}",
        futures::poll!(unpolled.as_mut()).is_ready()
    );
    log!(
        "main",
        "made after: ready={}",
        tracker.wait().now_or_never().is_some()
    );
}
