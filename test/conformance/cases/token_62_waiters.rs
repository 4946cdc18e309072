// Pins: waiters of one token go on first come first; cancelled() keeps no permit and costs nothing
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let t = CancellationToken::new();
    let mut hs = Vec::new();
    for name in ["A", "B", "C", "D"] {
        let t = t.clone();
        hs.push(spawn(async move {
            t.cancelled().await;
            log!(name, "woken, cancelled={}", t.is_cancelled());
        }));
    }
    yield_now().await;
    hs[1].abort();
    let guard = t.clone().drop_guard();
    spawn(async move {
        let _g = guard;
        let _l = OnDrop("guard's task");
    });
    for h in hs {
        h.await.ok();
    }
    traced("x1000", async {
        for _ in 0..1000 {
            t.cancelled().await;
        }
    })
    .await;
}
