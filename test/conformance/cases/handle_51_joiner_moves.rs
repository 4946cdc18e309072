// Pins: a JoinHandle polled in one task and then awaited in another wakes only the one that polled it last
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut target = spawn(async {
        sleep(ms(20)).await;
        "value"
    });
    let (tx, rx) = oneshot::channel();
    let a = spawn(traced("A", async move {
        log!("A", "ready={}", futures::poll!(&mut target).is_ready());
        tx.send(target).ok().unwrap();
        sleep(ms(50)).await;
    }));
    let b = spawn(traced("B", async move {
        let target = rx.await.unwrap();
        log!("B", "{}", target.await.unwrap());
    }));
    a.await.unwrap();
    b.await.unwrap();
}
