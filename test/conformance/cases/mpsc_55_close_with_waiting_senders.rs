// Pins: close() fails the senders that wait, in their order, and keeps what is buffered
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(1);
    tx.send("buffered").await.unwrap();
    let mut hs = Vec::new();
    for name in ["A", "B", "C"] {
        let tx = tx.clone();
        hs.push(spawn(async move {
            log!(name, "{}", sent(tx.send(name).await));
            log!(name, "is_closed {}", tx.is_closed());
        }));
    }
    sleep(ms(5)).await;
    hs[1].abort();
    rx.close();
    log!("main", "closed, try_send {}", try_sent(tx.try_send("late")));
    log!("rx", "{:?}", rx.recv().await);
    log!("rx", "{:?}", rx.recv().await);
    for h in hs {
        let _ = h.await;
    }
}
