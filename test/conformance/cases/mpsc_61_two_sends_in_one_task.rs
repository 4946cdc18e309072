// Pins: two sends of one task stand in line one behind the other; a receive lets one through, and the task is polled for it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(1);
    let h = spawn(traced("sender", async move {
        join!(
            async {
                for v in ["a1", "a2"] {
                    tx.send(v).await.unwrap();
                    log!("a", "sent {}", v);
                }
            },
            async {
                for v in ["b1", "b2"] {
                    tx.send(v).await.unwrap();
                    log!("b", "sent {}", v);
                }
            },
        );
    }));
    while let Some(v) = rx.recv().await {
        log!("rx", "{}", v);
    }
    h.await.unwrap();
}
