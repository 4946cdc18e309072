// Pins: a value is dropped when the last receiver that still had to read it has read it or is gone, or when it is overwritten
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[derive(Clone)]
struct Value(#[allow(dead_code)] Arc<OnDrop>);

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut a) = broadcast::channel(2);
    let mut b = tx.subscribe();
    let send = |name: &'static str| {
        let _ = tx.send(Value(Arc::new(OnDrop(name))));
        log!("main", "sent {}", name);
    };
    send("v1");
    send("v2");
    drop(a.recv().await.unwrap());
    log!("main", "a has read v1");
    drop(b.recv().await.unwrap());
    log!("main", "b has read v1");
    drop(b);
    log!("main", "b is gone");
    drop(a.recv().await.unwrap());
    log!("main", "a has read v2");
    send("v3");
    send("v4");
    send("v5");
    drop(a);
    log!("main", "a is gone");
    send("v6");
    let late = tx.subscribe();
    send("v7");
    drop(tx);
    log!("main", "the sender is gone");
    drop(late);
    log!("main", "end");
}
