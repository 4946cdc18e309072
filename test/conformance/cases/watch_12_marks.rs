// Pins: mark_changed makes the value new for one receiver, mark_unchanged makes it seen; neither wakes nor touches another receiver
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = watch::channel(0);
    let mut other = rx.clone();
    rx.mark_changed();
    rx.mark_changed();
    log!("main", "{:?} {:?}", rx.has_changed(), other.has_changed());
    log!("main", "ready {}", rx.changed().now_or_never().is_some());
    log!("main", "ready {}", rx.changed().now_or_never().is_some());
    tx.send(1).unwrap();
    rx.mark_unchanged();
    log!("main", "{:?} {:?}", rx.has_changed(), other.has_changed());
    rx.mark_changed();
    drop(tx);
    log!("main", "has_changed err {}", rx.has_changed().is_err());
    log!("main", "changed ok {}", rx.changed().await.is_ok());
    log!("main", "changed ok {}", rx.changed().await.is_ok());
    log!("main", "other {}", other.changed().await.is_ok());
    log!("main", "other {}", other.changed().await.is_ok());
}
