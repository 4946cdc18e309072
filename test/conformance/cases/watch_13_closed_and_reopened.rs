// Pins: closed waits for the last receiver, and waits on if somebody subscribed before it ran
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = watch::channel(0);
    let tx = Arc::new(tx);
    let watcher = tx.clone();
    let h = spawn(traced("watcher", async move { watcher.closed().await }));
    yield_now().await;
    let rx2 = rx.clone();
    drop(rx);
    log!("main", "closed {} receivers {}", tx.is_closed(), tx.receiver_count());
    yield_now().await;
    drop(rx2);
    let rx3 = tx.subscribe();
    log!("main", "closed {} receivers {}", tx.is_closed(), tx.receiver_count());
    yield_now().await;
    drop(rx3);
    h.await.unwrap();
    log!("main", "again {}", tx.closed().now_or_never().is_some());
}
