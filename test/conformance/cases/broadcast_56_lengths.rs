// Pins: how many messages a receiver has still to read, and the sender to keep; a lagging one counts the lost ones too
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut a) = broadcast::channel(2);
    let mut b = tx.subscribe();
    let show = |what: &str, a: &broadcast::Receiver<i32>, b: &broadcast::Receiver<i32>| {
        log!(
            "main",
            "{}: tx {} a {} b {} empty {} {}",
            what,
            tx.len(),
            a.len(),
            b.len(),
            tx.is_empty(),
            a.is_empty()
        );
    };
    show("start", &a, &b);
    tx.send(1).unwrap();
    tx.send(2).unwrap();
    show("two sent", &a, &b);
    a.recv().await.unwrap();
    a.recv().await.unwrap();
    show("a has read both", &a, &b);
    b.recv().await.unwrap();
    show("b has read one", &a, &b);
    for i in 3..6 {
        tx.send(i).unwrap();
    }
    show("five sent", &a, &b);
    log!("main", "a {}", a.try_recv().unwrap_err());
    show("a has been told", &a, &b);
    log!("main", "b {}", b.try_recv().unwrap_err());
    show("b has been told", &a, &b);
    log!(
        "main",
        "a {} b {}",
        a.try_recv().unwrap(),
        b.try_recv().unwrap()
    );
}
