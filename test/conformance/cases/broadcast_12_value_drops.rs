// Pins: a message is dropped by the channel when it is overwritten or its last receiver goes, unless somebody has it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut a) = broadcast::channel::<Arc<OnDrop>>(2);
    let mut b = tx.subscribe();
    tx.send(Arc::new(OnDrop("one"))).ok().unwrap();
    tx.send(Arc::new(OnDrop("two"))).ok().unwrap();
    log!("main", "one makes way");
    tx.send(Arc::new(OnDrop("three"))).ok().unwrap();
    log!("main", "a lags {}", a.try_recv().is_err());
    let two = a.try_recv().ok().unwrap();
    log!("main", "two makes way, but a has it");
    tx.send(Arc::new(OnDrop("four"))).ok().unwrap();
    log!("main", "a lets go of two");
    drop(two);
    log!("main", "a goes");
    drop(a);
    log!("main", "b takes three");
    log!("main", "b lags {}", b.try_recv().is_err());
    let three = b.try_recv().ok().unwrap();
    log!("main", "b goes");
    drop(b);
    log!("main", "b lets go of three");
    drop(three);
    let late = tx.subscribe();
    tx.send(Arc::new(OnDrop("five"))).ok().unwrap();
    log!("main", "the sender goes");
    drop(tx);
    log!("main", "the receiver goes");
    drop(late);
}
