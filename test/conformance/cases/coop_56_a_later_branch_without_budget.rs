// Pins: with the budget used up a biased select does not get to its later branches, whatever they cost: all of it waits (in this version the first only, and a branch that costs nothing wins) [1.24.2]
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::unbounded_channel();
    for i in 0..300 {
        tx.send(i).unwrap();
    }
    drop(tx);
    let n = Notify::new();
    let h = spawn(traced("task", async move {
        let mut received = 0;
        loop {
            n.notify_one();
            select! {
                biased;
                v = rx.recv() => match v {
                    Some(_) => received += 1,
                    None => break,
                },
                _ = n.notified() => {
                    log!("task", "notified after {}", received);
                    yield_now().await;
                }
            }
        }
        log!("task", "received {}", received);
    }));
    h.await.unwrap();
}
