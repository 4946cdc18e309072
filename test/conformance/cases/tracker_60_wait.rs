// Pins: wait is over when the tracker is closed and empty, whichever comes last
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
    for (name, n) in [("A", 10), ("B", 20)] {
        t.spawn(async move {
            let _g = OnDrop(name);
            sleep(ms(n)).await;
        });
    }
    log!(
        "main",
        "len {} closed={} empty={}",
        t.len(),
        t.is_closed(),
        t.is_empty()
    );
    let r = timeout(ms(30), t.wait()).await;
    log!("main", "open: timed out={} len {}", r.is_err(), t.len());
    log!("main", "close={} again={}", t.close(), t.close());
    traced("wait", t.wait()).await;
    log!("main", "reopen={} again={}", t.reopen(), t.reopen());
    let h = t.spawn(sleep(ms(5)));
    t.close();
    t.wait().await;
    log!("main", "over, finished={}", h.is_finished());
    let h = t.spawn(async {
        let _g = OnDrop("aborted");
        sleep(secs(100)).await;
    });
    let w = spawn({
        let t = t.clone();
        async move {
            t.wait().await;
            log!("waiter", "over");
        }
    });
    yield_now().await;
    h.abort();
    log!("main", "aborted, len {}", t.len());
    w.await.unwrap();
}
