// Pins: a cloned sender sends as the first does, and the channel closes with the last of them
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = watch::channel("start");
    let tx2 = tx.clone();
    log!(
        "main",
        "senders {} receivers {}",
        tx.sender_count(),
        tx2.receiver_count()
    );
    let h = spawn(async move {
        while rx.changed().await.is_ok() {
            log!("rx", "{}", *rx.borrow_and_update());
        }
        log!("rx", "closed, last {}", *rx.borrow());
    });
    yield_now().await;
    tx2.send("second").unwrap();
    drop(tx);
    sleep(ms(5)).await;
    log!(
        "main",
        "same {} senders {}",
        *tx2.borrow(),
        tx2.sender_count()
    );
    let tx3 = tx2.clone();
    drop(tx2);
    tx3.send_replace("third");
    drop(tx3);
    h.await.unwrap();
}
