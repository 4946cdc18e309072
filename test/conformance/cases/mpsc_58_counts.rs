// Pins: senders counted, strong and weak; channels compared; a bounded and an unbounded one
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = mpsc::channel::<u8>(4);
    let tx2 = tx.clone();
    let weak = tx.downgrade();
    log!(
        "main",
        "strong {} weak {}",
        tx.strong_count(),
        tx.weak_count()
    );
    log!(
        "main",
        "rx says {} {}",
        rx.sender_strong_count(),
        rx.sender_weak_count()
    );
    log!("main", "same {}", tx.same_channel(&tx2));
    log!("main", "other {}", tx.same_channel(&mpsc::channel(1).0));
    drop(tx);
    let up = weak.upgrade().unwrap();
    log!(
        "main",
        "strong {} same {}",
        up.strong_count(),
        up.same_channel(&tx2)
    );
    drop((up, tx2, weak));
    log!(
        "main",
        "rx says {} {}",
        rx.sender_strong_count(),
        rx.sender_weak_count()
    );
    let (tx, mut rx) = mpsc::unbounded_channel();
    let weak = tx.downgrade();
    tx.send(1).unwrap();
    tx.send(2).unwrap();
    log!("main", "len {} empty {}", rx.len(), rx.is_empty());
    drop(tx);
    log!(
        "main",
        "upgrade {} closed {}",
        weak.upgrade().is_some(),
        rx.is_closed()
    );
    log!(
        "main",
        "{:?} {:?} {:?}",
        rx.recv().await,
        rx.recv().await,
        rx.recv().await
    );
    log!("main", "len {} empty {}", rx.len(), rx.is_empty());
}
