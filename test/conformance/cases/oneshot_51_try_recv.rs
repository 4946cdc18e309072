// Pins: try_recv: empty, the value once, closed from then on; closed when the sender is gone
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = oneshot::channel();
    log!("main", "{}", rx.try_recv().unwrap_err());
    tx.send(1).unwrap();
    log!("main", "{}", rx.try_recv().unwrap());
    log!("main", "{}", rx.try_recv().unwrap_err());
    let (tx, mut rx) = oneshot::channel::<i32>();
    drop(tx);
    log!("main", "{}", rx.try_recv().unwrap_err());
    let (tx, mut rx) = oneshot::channel();
    tx.send(2).unwrap();
    rx.close();
    log!("main", "{}", rx.try_recv().unwrap());
    let (tx, mut rx) = oneshot::channel::<i32>();
    rx.close();
    log!("main", "{} {:?}", tx.is_closed(), tx.send(3));
    log!("main", "{}", rx.try_recv().unwrap_err());
}
