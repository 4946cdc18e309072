// Pins: recv costs one unit of the budget, also with an error; try_recv, send and a pending recv cost nothing
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = broadcast::channel::<u32>(1);
    spawn(traced("recv", async move {
        for i in 0..300 {
            tx.send(i).unwrap();
            rx.recv().await.unwrap();
        }
    }));
    let (tx, mut rx) = broadcast::channel::<u32>(1);
    spawn(traced("lagged", async move {
        for i in 0..300 {
            tx.send(i).unwrap();
            tx.send(i).unwrap();
            rx.recv().await.unwrap_err();
            rx.try_recv().unwrap();
        }
    }));
    let (tx, mut rx) = broadcast::channel::<u32>(1);
    drop(tx);
    spawn(traced("closed", async move {
        for _ in 0..300 {
            rx.recv().await.unwrap_err();
        }
    }));
    let (_tx, mut rx) = broadcast::channel::<u32>(1);
    spawn(traced("pending", async move {
        for _ in 0..300 {
            assert!(rx.recv().now_or_never().is_none());
        }
    }));
    sleep(ms(5)).await;
}
