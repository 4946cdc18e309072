// Pins: a waiter that is aborted or times out leaves the others: they wake in the order they came
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
    for (name, limit) in [("A", 100), ("B", 100), ("C", 10), ("D", 100)] {
        let t = t.clone();
        hs.push(spawn(traced(name, async move {
            let r = timeout(ms(limit), t.cancelled()).await;
            log!(name, "ok={}", r.is_ok());
            t.cancelled().await;
            log!(name, "cancelled");
        })));
    }
    sleep(ms(20)).await;
    hs[1].abort();
    t.cancel();
    t.cancel();
    for h in hs {
        let _ = h.await;
    }
}
