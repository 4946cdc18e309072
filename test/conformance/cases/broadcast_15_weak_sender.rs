// Pins: a weak sender does not keep the channel open, and becomes a sender only while there is one
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = broadcast::channel::<u32>(2);
    let weak = tx.downgrade();
    let weak2 = weak.clone();
    log!("main", "strong {} weak {}", tx.strong_count(), tx.weak_count());
    let strong = weak.upgrade().unwrap();
    drop(weak2);
    log!("main", "strong {} weak {}", tx.strong_count(), tx.weak_count());
    drop(tx);
    log!("main", "send {:?}", strong.send(1).map_err(|e| e.0));
    log!("main", "closed {}", rx.is_closed());
    drop(strong);
    log!("main", "closed {} upgrade {}", rx.is_closed(), weak.upgrade().is_none());
    log!("main", "{:?} {:?}", rx.recv().await, rx.recv().await);
    log!("main", "strong {} weak {}", weak.strong_count(), weak.weak_count());
}
