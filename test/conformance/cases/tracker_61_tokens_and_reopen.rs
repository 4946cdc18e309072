// Pins: a tracked future counts from the call; a wait that was over once is over, also after reopen
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;
use tokio_util::task::TaskTracker;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let t = TaskTracker::new();
    let f = t.track_future(async { log!("tracked", "ran") });
    let k = t.token();
    log!("main", "len {}", t.len());
    t.close();
    let w = t.wait();
    tokio::pin!(w);
    log!(
        "main",
        "pending={}",
        futures::poll!(w.as_mut()).is_pending()
    );
    f.await;
    log!(
        "main",
        "len {} pending={}",
        t.len(),
        futures::poll!(w.as_mut()).is_pending()
    );
    let before = t.wait();
    drop(k);
    log!("main", "len {}", t.len());
    t.reopen();
    let k = t.token();
    let after = t.wait();
    log!("main", "w ready={}", futures::poll!(w.as_mut()).is_ready());
    log!("main", "before ready={}", before.now_or_never().is_some());
    log!("main", "after ready={}", after.now_or_never().is_some());
    drop(k);
    log!("main", "open: ready={}", t.wait().now_or_never().is_some());
    t.close();
    log!(
        "main",
        "closed: ready={}",
        t.wait().now_or_never().is_some()
    );
    drop(t.track_future(async { log!("dropped", "never runs") }));
    log!("main", "len {}", t.len());
}
