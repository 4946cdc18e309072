// Pins: recv_many takes what is there up to its limit, waits if nothing is, and gives 0 for a closed and empty channel or a limit of 0
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(8);
    let mut buf = Vec::new();
    for i in 0..5 {
        tx.send(i).await.unwrap();
    }
    log!("main", "{} {:?}", rx.recv_many(&mut buf, 3).await, buf);
    log!("main", "{} {:?}", rx.recv_many(&mut buf, 0).await, buf);
    log!("main", "{} {:?}", rx.recv_many(&mut buf, 10).await, buf);
    buf.clear();
    spawn(async move {
        sleep(ms(5)).await;
        tx.send(5).await.unwrap();
        tx.send(6).await.unwrap();
        sleep(ms(5)).await;
        tx.send(7).await.unwrap();
    });
    loop {
        let n = rx.recv_many(&mut buf, 10).await;
        log!("main", "{} {:?}", n, buf);
        if n == 0 {
            break;
        }
    }
}
