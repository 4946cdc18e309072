// Pins: send fails without receivers, subscribe opens the channel again, closed waits on if it was opened before it ran
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = broadcast::channel::<u32>(2);
    drop(rx);
    log!("main", "send {:?}", tx.send(1).map_err(|e| e.0));
    let mut rx = tx.subscribe();
    log!("main", "send {:?}", tx.send(2).map_err(|e| e.0));
    log!("main", "recv {:?}", rx.recv().await);
    let rx2 = rx.resubscribe();
    drop(rx);
    log!("main", "receivers {}", tx.receiver_count());
    log!("main", "send {:?}", tx.send(3).map_err(|e| e.0));
    drop(rx2);
    let mut rx3 = tx.subscribe();
    log!("main", "try_recv {:?}", rx3.try_recv());
    drop(tx);
    let mut rx4 = rx3.resubscribe();
    log!("main", "closed {:?} {:?}", rx3.recv().await, rx4.recv().await);
}
