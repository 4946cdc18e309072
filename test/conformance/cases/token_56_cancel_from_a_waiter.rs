// Pins: a waiter that cancels another token when it runs: that token's waiters come after all that the first one woke
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let first = CancellationToken::new();
    let second = CancellationToken::new();
    let mut hs = Vec::new();
    for name in ["A", "B"] {
        let (t, next) = (first.clone(), second.clone());
        hs.push(spawn(async move {
            t.cancelled().await;
            next.cancel();
            log!(name, "cancelled the second, {}", next.is_cancelled());
        }));
    }
    for name in ["C", "D"] {
        let t = second.clone();
        hs.push(spawn(async move {
            t.cancelled().await;
            log!(name, "second cancelled");
        }));
    }
    let either = (first.clone(), second.child_token());
    hs.push(spawn(traced("E", async move {
        select! {
            biased;
            _ = either.1.cancelled() => log!("E", "second's child"),
            _ = either.0.cancelled() => log!("E", "first"),
        }
    })));
    sleep(ms(5)).await;
    first.cancel();
    for h in hs {
        h.await.unwrap();
    }
}
