// Pins: a changed() that was woken but dropped before its turn has seen nothing: the next is ready at once
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = watch::channel(0);
    let h = spawn(async move {
        let r = timeout(ms(10), rx.changed()).await;
        log!("task", "first ok={}", r.is_ok());
        let r = timeout(ms(10), rx.changed()).await;
        log!("task", "second ok={} value {}", r.is_ok(), *rx.borrow());
        rx
    });
    sleep(ms(10)).await;
    tx.send(1).unwrap();
    log!("main", "sent");
    let mut rx = h.await.unwrap();

    let mut c = Box::pin(rx.changed());
    log!("main", "ready={}", futures::poll!(c.as_mut()).is_ready());
    tx.send(2).unwrap();
    drop(c);
    log!("main", "has_changed {}", rx.has_changed().unwrap());
    log!("main", "ready={}", rx.changed().now_or_never().is_some());
    log!("main", "ready={}", rx.changed().now_or_never().is_some());
}
