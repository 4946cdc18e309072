// Pins: mark_changed makes the value unseen for this receiver only, mark_unchanged makes it seen; a clone inherits either
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = watch::channel(1);
    let mut other = rx.clone();
    rx.mark_changed();
    log!(
        "main",
        "rx {} other {}",
        rx.has_changed().unwrap(),
        other.has_changed().unwrap()
    );
    let mut third = rx.clone();
    log!(
        "main",
        "clone of the marked {}",
        third.has_changed().unwrap()
    );
    rx.changed().await.unwrap();
    log!(
        "main",
        "rx {} third {}",
        rx.has_changed().unwrap(),
        third.has_changed().unwrap()
    );
    tx.send(2).unwrap();
    other.mark_unchanged();
    log!(
        "main",
        "rx {} other {}",
        rx.has_changed().unwrap(),
        other.has_changed().unwrap()
    );
    log!(
        "main",
        "other changed ready={}",
        other.changed().now_or_never().is_some()
    );
    log!("main", "third sees {}", *third.borrow_and_update());
    let mut late = tx.subscribe();
    log!("main", "late {}", late.has_changed().unwrap());
    late.mark_changed();
    drop(tx);
    log!("main", "late has_changed ok={}", late.has_changed().is_ok());
    log!("main", "late changed ok={}", late.changed().await.is_ok());
    log!("main", "late changed ok={}", late.changed().await.is_ok());
    late.mark_changed();
    log!("main", "late changed ok={}", late.changed().await.is_ok());
    log!("main", "rx changed ok={}", rx.changed().await.is_ok());
}
