// Pins: closed of an mpsc sender costs nothing, that of a oneshot sender one unit
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = mpsc::channel::<u32>(1);
    drop(rx);
    spawn(traced("mpsc", async move {
        for _ in 0..300 {
            tx.closed().await;
        }
    }))
    .await
    .unwrap();
    let (mut tx, rx) = oneshot::channel::<u32>();
    drop(rx);
    spawn(traced("oneshot", async move {
        for _ in 0..300 {
            tx.closed().await;
        }
    }))
    .await
    .unwrap();
}
