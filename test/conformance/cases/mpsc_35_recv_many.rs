// Pins: recv_many takes what is there up to its limit, frees all the slots at once, and answers 0 when closed and empty or for a limit of 0
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel::<u32>(2);
    for name in ["A", "B", "C"] {
        let tx = tx.clone();
        spawn(traced(name, async move {
            for i in 0..2 {
                tx.send(i).await.unwrap();
                log!(name, "sent {}", i);
            }
        }));
    }
    drop(tx);
    log!("main", "none {}", rx.recv_many(&mut Vec::new(), 0).await);
    for limit in [1, 2, 5, 5, 5, 5] {
        let mut batch = Vec::new();
        let n = rx.recv_many(&mut batch, limit).await;
        log!("main", "{} {:?} left {}", n, batch, rx.len());
        if n == 0 {
            break;
        }
        sleep(ms(1)).await;
    }
    let (tx, mut rx) = mpsc::channel::<u32>(2);
    spawn(traced("budget", async move {
        for i in 0..300 {
            tx.try_send(i).unwrap();
            tx.try_send(i).unwrap();
            assert_eq!(rx.recv_many(&mut Vec::new(), 2).await, 2);
        }
    }))
    .await
    .unwrap();
}
