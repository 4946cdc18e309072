// Pins: a weak sender does not keep the channel open, and becomes a sender only while there is one
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel::<u32>(2);
    let weak = tx.downgrade();
    let h = spawn(traced("rx", async move {
        while let Some(v) = rx.recv().await {
            log!("rx", "got {}", v);
        }
    }));
    yield_now().await;
    let strong = weak.upgrade().unwrap();
    drop(tx);
    yield_now().await;
    log!("main", "sent {:?}", strong.send(1).await.is_ok());
    drop(strong);
    log!("main", "upgrade {}", weak.upgrade().is_none());
    h.await.unwrap();
    let (tx, mut rx) = mpsc::unbounded_channel::<u32>();
    let weak = tx.downgrade();
    let strong = weak.upgrade().unwrap();
    drop(tx);
    strong.send(2).unwrap();
    drop(strong);
    log!("main", "upgrade {}", weak.upgrade().is_none());
    log!("main", "{:?} {:?}", rx.recv().await, rx.recv().await);
}
