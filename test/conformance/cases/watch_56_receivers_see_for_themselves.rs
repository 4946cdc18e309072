// Pins: what one receiver has seen is nothing to the others: borrow, borrow_and_update, changed and clones over three sends
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut a) = watch::channel(0);
    let mut b = a.clone();
    tx.send(1).unwrap();
    let mut c = a.clone();
    a.borrow_and_update();
    let state = |a: &watch::Receiver<i32>, b: &watch::Receiver<i32>, c: &watch::Receiver<i32>| {
        log!(
            "main",
            "a {} b {} c {}",
            a.has_changed().unwrap(),
            b.has_changed().unwrap(),
            c.has_changed().unwrap()
        );
    };
    state(&a, &b, &c);
    b.borrow();
    c.changed().await.unwrap();
    state(&a, &b, &c);
    tx.send(2).unwrap();
    tx.send_if_modified(|_| false);
    a.changed().await.unwrap();
    state(&a, &b, &c);
    b.changed().await.unwrap();
    log!("main", "b sees {}", *b.borrow());
    tx.send_if_modified(|v| {
        *v += 1;
        false
    });
    state(&a, &b, &c);
    log!("main", "a has {} though", *a.borrow());
    drop(c);
    log!("main", "receivers {}", tx.receiver_count());
    drop(a);
    drop(b);
    log!("main", "receivers {}", tx.receiver_count());
}
