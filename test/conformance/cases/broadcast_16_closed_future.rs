// Pins: closed is ready when the last receiver is gone, waits on if somebody subscribed before it ran, and costs no budget
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = broadcast::channel::<u32>(2);
    let watcher = tx.clone();
    let h = spawn(traced("watcher", async move { watcher.closed().await }));
    yield_now().await;
    let rx2 = tx.subscribe();
    drop(rx);
    yield_now().await;
    drop(rx2);
    let rx3 = tx.subscribe();
    log!("main", "receivers {}", tx.receiver_count());
    yield_now().await;
    drop(rx3);
    h.await.unwrap();
    spawn(traced("often", async move {
        for _ in 0..300 {
            tx.closed().await;
        }
    }))
    .await
    .unwrap();
}
