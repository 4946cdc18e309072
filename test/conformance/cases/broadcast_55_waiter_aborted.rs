// Pins: a waiting receiver that is aborted leaves the line: the send wakes the others, in waiting order, and counts them
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = broadcast::channel(4);
    let mut hs = Vec::new();
    for name in ["A", "B", "C", "D"] {
        let mut rx = rx.resubscribe();
        hs.push(spawn(traced(name, async move {
            while let Ok(v) = rx.recv().await {
                log!(name, "{}", v);
            }
        })));
    }
    drop(rx);
    sleep(ms(5)).await;
    hs[1].abort();
    log!("main", "sent to {}", tx.send(1).unwrap());
    yield_now().await;
    log!("main", "sent to {}", tx.send(2).unwrap());
    tx.send(3).unwrap();
    yield_now().await;
    drop(tx);
    for h in hs {
        let _ = h.await;
    }
}
