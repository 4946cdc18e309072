// Pins: branches whose pattern fails are off for this select only; else runs when all are off
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(4);
    let (tx2, mut rx2) = mpsc::channel(4);
    spawn(async move {
        for v in [1, 2, 3, 4] {
            tx.send(v).await.unwrap();
            sleep(ms(10)).await;
        }
    });
    spawn(async move {
        tx2.send(100).await.unwrap();
        sleep(ms(15)).await;
        tx2.send(200).await.unwrap();
    });
    let mut rounds = 0;
    loop {
        rounds += 1;
        select! {
            biased;
            Some(v) = rx.recv(), if rounds != 2 => log!("main", "first {}", v),
            Some(v) = rx2.recv() => log!("main", "second {}", v),
            else => {
                log!("main", "both are closed after {} rounds", rounds);
                break;
            }
        }
    }
}
