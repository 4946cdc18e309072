// Pins: drop guards: of a child, disarmed, dropped by an abort; the last one to go cancels no more than is left
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let root = CancellationToken::new();
    let child = root.child_token();
    let grandchild = child.child_token();
    let h = spawn({
        let child = child.clone();
        async move {
            let _guard = child.drop_guard();
            log!("task", "guards the child");
            sleep(secs(100)).await;
        }
    });
    let w = spawn({
        let grandchild = grandchild.clone();
        async move {
            grandchild.cancelled().await;
            log!("grandchild", "cancelled");
        }
    });
    yield_now().await;
    let guard = root.clone().drop_guard();
    let same = guard.disarm();
    log!(
        "main",
        "disarmed, root {} child {}",
        same.is_cancelled(),
        child.is_cancelled()
    );
    h.abort();
    log!("main", "aborted, child {}", child.is_cancelled());
    w.await.unwrap();
    log!(
        "main",
        "child {} root {}",
        child.is_cancelled(),
        root.is_cancelled()
    );
    drop(same.drop_guard());
    log!("main", "root {}", root.is_cancelled());
}
