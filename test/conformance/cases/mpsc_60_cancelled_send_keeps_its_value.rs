// Pins: a send that loses a select has sent nothing, and its value is dropped with it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(1);
    tx.send(OnDrop("v1")).await.ok().unwrap();
    select! {
        biased;
        _ = tx.send(OnDrop("v2")) => log!("main", "sent"),
        _ = sleep(ms(5)) => log!("main", "gave up"),
    }
    log!("main", "received, {}", rx.recv().await.is_some());
    log!("main", "empty {}", rx.try_recv().is_err());
    {
        let mut send = Box::pin(tx.send(OnDrop("v3")));
        log!(
            "main",
            "v3 sent {}",
            futures::poll!(send.as_mut()).is_ready()
        );
        log!("main", "the future is dropped");
    }
    let unpolled = tx.send(OnDrop("v4"));
    log!("main", "an unpolled send");
    drop(unpolled);
    drop(rx);
    log!("main", "end");
}
