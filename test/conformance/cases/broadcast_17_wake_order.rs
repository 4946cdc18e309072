// Pins: one send wakes every waiting receiver once, in the order in which they began to wait; who was dropped is not woken
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = broadcast::channel::<u32>(4);
    let mut hs = Vec::new();
    for name in ["A", "B", "C", "D"] {
        let mut rx = rx.resubscribe();
        hs.push(spawn(traced(name, async move {
            if name == "A" {
                yield_now().await;
            }
            while let Ok(v) = rx.recv().await {
                log!(name, "got {}", v);
            }
        })));
    }
    sleep(ms(1)).await;
    hs[2].abort();
    tx.send(1).unwrap();
    tx.send(2).unwrap();
    yield_now().await;
    log!("main", "receivers {}", tx.receiver_count());
    drop(tx);
    for h in hs {
        let _ = h.await;
    }
}
