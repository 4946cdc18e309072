// Pins: a changed that was woken but not polled again loses nothing when it is dropped
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = watch::channel(0);
    spawn(async move {
        sleep(ms(5)).await;
        tx.send(1).unwrap();
        sleep(ms(5)).await;
    });
    select! {
        biased;
        _ = sleep(ms(5)) => log!("main", "the sleep, new {:?}", rx.has_changed()),
        _ = rx.changed() => log!("main", "changed"),
    }
    yield_now().await;
    log!("main", "new {:?}", rx.has_changed());
    rx.changed().await.unwrap();
    log!("main", "changed, {}", *rx.borrow());
    log!("main", "closed {}", rx.changed().await.is_err());
}
