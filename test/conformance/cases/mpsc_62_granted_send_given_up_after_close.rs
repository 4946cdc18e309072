// Pins: a granted send that is given up after close() wakes the receiver: nothing will come any more (in this version it is forgotten) [1.24.2]
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(1);
    tx.send(1).await.unwrap();
    let clone = tx.clone();
    let h = spawn(async move {
        log!("sender", "{}", sent(clone.send(2).await));
    });
    yield_now().await;
    log!("main", "{:?}", rx.recv().await);
    rx.close();
    h.abort();
    log!("main", "closed, and aborted the sender that has a slot");
    let r = timeout(ms(5), rx.recv()).await;
    log!("main", "{:?}", r.map_err(|_| "elapsed"));
    log!("main", "{}", try_sent(tx.try_send(3)));
}
