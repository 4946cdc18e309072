// Pins: a weak sender keeps nothing open: the receiver ends with the last strong one, and upgrade gives nothing from then on
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(2);
    let weak = tx.downgrade();
    let h = spawn(async move {
        while let Some(v) = rx.recv().await {
            log!("rx", "{}", v);
        }
        log!("rx", "end");
    });
    {
        let up = weak.upgrade().unwrap();
        up.send("by the upgraded").await.unwrap();
    }
    sleep(ms(5)).await;
    tx.send("by the first").await.unwrap();
    let up = weak.clone().upgrade().unwrap();
    drop(tx);
    sleep(ms(5)).await;
    log!("main", "drops the last");
    drop(up);
    log!("main", "upgrade {}", weak.upgrade().is_some());
    h.await.unwrap();
    log!("main", "upgrade {}", weak.upgrade().is_some());
}
