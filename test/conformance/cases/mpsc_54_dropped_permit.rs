// Pins: a permit dropped unused gives its slot to the sender that waits longest, not to who asks next
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(1);
    let permit = tx.reserve().await.unwrap();
    let mut hs = Vec::new();
    for name in ["A", "B"] {
        let tx = tx.clone();
        hs.push(spawn(traced(name, async move {
            tx.send(name).await.unwrap();
        })));
    }
    sleep(ms(5)).await;
    log!("main", "rx empty={}", rx.try_recv().is_err());
    drop(permit);
    log!("main", "try_send {}", try_sent(tx.try_send("barging")));
    sleep(ms(5)).await;
    log!("rx", "{}", rx.recv().await.unwrap());
    log!("rx", "{}", rx.recv().await.unwrap());
    for h in hs {
        h.await.unwrap();
    }
    log!("main", "capacity {}", tx.capacity());
}
