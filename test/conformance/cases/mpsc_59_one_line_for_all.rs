// Pins: send, reserve, reserve_owned and send_timeout stand in one line
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(1);
    tx.send("first").await.unwrap();
    let t = tx.clone();
    spawn(async move {
        let r = t.send_timeout("send_timeout-10", ms(10)).await;
        log!("A", "{}", sent_timeout(r));
    });
    let t = tx.clone();
    spawn(async move {
        let p = t.reserve().await.unwrap();
        log!("B", "reserved");
        sleep(ms(5)).await;
        p.send("reserve");
        log!("B", "sent");
    });
    let t = tx.clone();
    spawn(async move {
        let p = t.reserve_owned().await.unwrap();
        log!("C", "reserved");
        p.send("reserve_owned");
    });
    let t = tx.clone();
    spawn(async move {
        log!("D", "{}", sent(t.send("send").await));
    });
    let t = tx.clone();
    spawn(async move {
        let r = t.send_timeout("send_timeout-100", ms(100)).await;
        log!("E", "{}", sent_timeout(r));
    });
    drop(tx);
    sleep(ms(20)).await;
    while let Some(v) = rx.recv().await {
        log!("rx", "{}", v);
        sleep(ms(2)).await;
    }
}
