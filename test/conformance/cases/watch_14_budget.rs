// Pins: changed, wait_for and closed cost one unit of the budget each; a pending one costs nothing
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = watch::channel(0);
    spawn(traced("changed", async move {
        for i in 0..300 {
            tx.send(i).unwrap();
            rx.changed().await.unwrap();
        }
    }));
    let (tx, mut rx) = watch::channel(0);
    spawn(traced("wait_for", async move {
        for i in 0..300 {
            tx.send(i).unwrap();
            rx.wait_for(|v| *v == i).await.unwrap();
        }
    }));
    let (tx, rx) = watch::channel(0);
    drop(rx);
    spawn(traced("closed", async move {
        for _ in 0..300 {
            tx.closed().await;
        }
    }));
    let (_tx, mut rx) = watch::channel(0);
    spawn(traced("pending", async move {
        for _ in 0..300 {
            assert!(rx.changed().now_or_never().is_none());
        }
    }));
    sleep(ms(5)).await;
}
