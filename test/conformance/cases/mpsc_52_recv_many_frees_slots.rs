// Pins: one recv_many frees all its slots: the waiting senders get them in their order, and run after it
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(2);
    let mut hs = Vec::new();
    for name in ["A", "B", "C", "D", "E"] {
        let tx = tx.clone();
        hs.push(spawn(async move {
            tx.send(name).await.unwrap();
            log!(name, "sent");
        }));
    }
    drop(tx);
    sleep(ms(5)).await;
    hs[2].abort();
    loop {
        let mut buf = Vec::new();
        let n = timeout(ms(10), rx.recv_many(&mut buf, 2)).await.unwrap();
        log!("rx", "{} {}", n, buf.join(" "));
        if n == 0 {
            break;
        }
        sleep(ms(5)).await;
    }
}
