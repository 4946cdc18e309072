// Pins: what capacity() says while permits are out and senders wait
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(2);
    let show = |what: &str| {
        log!(
            "main",
            "{}: {} of {}",
            what,
            tx.capacity(),
            tx.max_capacity()
        )
    };
    show("start");
    let permit = tx.reserve().await.unwrap();
    show("one reserved");
    tx.send(1).await.unwrap();
    show("one sent");
    let h = spawn({
        let tx = tx.clone();
        async move { tx.send(2).await.unwrap() }
    });
    yield_now().await;
    show("one waits");
    drop(permit);
    show("the permit went to the one that waits");
    h.await.unwrap();
    show("it has sent");
    rx.recv().await;
    show("one received");
    rx.recv().await;
    show("two received");
    rx.close();
    show("closed");
}
