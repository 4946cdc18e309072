// Pins: beyond thirty the woken are polled in the order of their wakes, and the outputs come in the order of the inputs
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut senders = Vec::new();
    let mut futures = Vec::new();
    for i in 0..33 {
        let (tx, rx) = oneshot::channel();
        senders.push(Some(tx));
        futures.push(async move {
            let v: usize = rx.await.unwrap();
            log!("future", "{} has {}", i, v);
            v
        });
    }
    let h = spawn(async move {
        let out = futures::future::join_all(futures).await;
        let text: Vec<String> = out.iter().map(|v| v.to_string()).collect();
        log!("task", "{}", text.join(" "));
    });
    yield_now().await;
    for burst in [[32, 0, 5], [7, 6, 31]] {
        for i in burst {
            senders[i].take().unwrap().send(i * 10).unwrap();
        }
        log!("main", "sent to {:?}", burst);
        yield_now().await;
    }
    for tx in senders.into_iter().flatten().rev() {
        tx.send(1).unwrap();
    }
    h.await.unwrap();
}
