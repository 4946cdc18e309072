// Pins: a weak sender keeps nothing open: upgrade gives a sender while there is one, and nothing after
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = broadcast::channel(4);
    let weak = tx.downgrade();
    log!(
        "main",
        "strong {} weak {}",
        tx.strong_count(),
        tx.weak_count()
    );
    let up = weak.upgrade().unwrap();
    log!(
        "main",
        "strong {} weak {}",
        tx.strong_count(),
        tx.weak_count()
    );
    drop(tx);
    up.send(1).unwrap();
    let h = spawn(async move {
        loop {
            match rx.recv().await {
                Ok(v) => log!("rx", "{}", v),
                Err(e) => {
                    log!("rx", "{}", e);
                    break;
                }
            }
        }
    });
    sleep(ms(5)).await;
    drop(up);
    log!("main", "the last sender is gone");
    log!("main", "upgrade {}", weak.upgrade().is_some());
    h.await.unwrap();
    log!(
        "main",
        "weak {} strong {}",
        weak.weak_count(),
        weak.strong_count()
    );
}
