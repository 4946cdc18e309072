// Pins: wait_for asks about the current value first, seen or not, marks what it asks as seen, and fails once the sender is gone
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = watch::channel(0);
    let v = *rx.wait_for(|v| *v == 0).await.unwrap();
    log!("main", "at once {}", v);
    let mut other = rx.clone();
    let waiter = spawn(traced("waiter", async move {
        let mut asked = Vec::new();
        let v = *rx
            .wait_for(|v| {
                asked.push(*v);
                *v >= 80
            })
            .await
            .unwrap();
        log!("waiter", "got {} asked {:?} has_changed {:?}", v, asked, rx.has_changed());
        let closed = rx.wait_for(|v| *v == 1000).await.is_err();
        log!("waiter", "closed {}", closed);
        let last = *rx.wait_for(|v| *v == 90).await.unwrap();
        log!("waiter", "last {}", last);
    }));
    yield_now().await;
    for n in [20, 60, 80] {
        tx.send(n).unwrap();
        if n != 20 {
            yield_now().await;
        }
    }
    tx.send(90).unwrap();
    log!("main", "other {:?}", other.wait_for(|v| *v == 1).now_or_never().is_some());
    log!("main", "other has_changed {:?}", other.has_changed());
    drop(tx);
    waiter.await.unwrap();
}
