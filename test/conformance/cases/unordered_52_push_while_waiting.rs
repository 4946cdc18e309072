// Pins: a future pushed between two next() is polled at the next one, behind those that were woken before
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use futures::stream::{FuturesUnordered, StreamExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = oneshot::channel();
    let (tx2, rx2) = oneshot::channel();
    let mut set = FuturesUnordered::new();
    let wait = |name: &'static str, rx: oneshot::Receiver<()>| {
        traced(name, async move {
            rx.await.unwrap();
            name
        })
    };
    set.push(wait("A", rx));
    set.push(wait("B", rx2));
    log!("main", "ready={}", set.next().now_or_never().is_some());
    tx2.send(()).unwrap();
    let (tx3, rx3) = oneshot::channel();
    set.push(wait("C", rx3));
    tx3.send(()).unwrap();
    tx.send(()).unwrap();
    while let Some(name) = set.next().await {
        log!("main", "{}", name);
    }
}
