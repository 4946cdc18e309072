// Pins: resubscribe starts behind what was sent last, however far its source lags, and leaves the source as it was
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = broadcast::channel(2);
    for i in 0..5 {
        tx.send(i).unwrap();
    }
    let mut other = rx.resubscribe();
    log!(
        "main",
        "rx {} other {} receivers {}",
        rx.len(),
        other.len(),
        tx.receiver_count()
    );
    tx.send(5).unwrap();
    log!("main", "other {:?}", other.recv().await.unwrap());
    match rx.recv().await {
        Err(e) => log!("main", "rx {}", e),
        Ok(v) => log!("main", "rx {}", v),
    }
    let mut third = rx.resubscribe();
    log!(
        "main",
        "rx {} {}",
        rx.recv().await.unwrap(),
        rx.recv().await.unwrap()
    );
    drop(tx);
    let mut fourth = third.resubscribe();
    for (name, r) in [
        ("rx", &mut rx),
        ("other", &mut other),
        ("third", &mut third),
        ("fourth", &mut fourth),
    ] {
        log!(name, "{}", r.recv().await.unwrap_err());
    }
}
