// Pins: Sender::closed is ready once the last receiver is gone; a later subscriber opens the channel again
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = watch::channel(0);
    let tx = Arc::new(tx);
    let rx2 = rx.clone();
    let h = spawn(traced("closed", {
        let tx = tx.clone();
        async move { tx.closed().await }
    }));
    sleep(ms(5)).await;
    drop(rx);
    log!("main", "one left, is_closed {}", tx.is_closed());
    sleep(ms(5)).await;
    drop(rx2);
    log!("main", "none left, is_closed {}", tx.is_closed());
    h.await.unwrap();
    let rx = tx.subscribe();
    log!(
        "main",
        "is_closed {}, closed ready={}",
        tx.is_closed(),
        tx.closed().now_or_never().is_some()
    );
    log!("main", "send {}", watch_sent(tx.send(1)));
    drop(rx);
    log!("main", "send {}", watch_sent(tx.send(2)));
    log!("main", "value {}", *tx.borrow());
    log!(
        "main",
        "replaced {}, value {}",
        tx.send_replace(3),
        *tx.borrow()
    );
}
