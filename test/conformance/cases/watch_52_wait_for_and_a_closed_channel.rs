// Pins: wait_for on a channel whose sender is gone: a last value that fits is answered, otherwise it fails, and each is looked at
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = watch::channel(0);
    let mut other = rx.clone();
    let fits = |name: &'static str, n: i32| {
        move |v: &i32| {
            log!(name, "looks at {}", v);
            *v == n
        }
    };
    tx.send(1).unwrap();
    drop(tx);
    log!("main", "ok={}", rx.wait_for(fits("rx", 1)).await.is_ok());
    log!("main", "ok={}", rx.wait_for(fits("rx", 1)).await.is_ok());
    log!(
        "main",
        "ok={}",
        other.wait_for(fits("other", 2)).await.is_ok()
    );
    log!("main", "other still has {}", *other.borrow());

    let (tx, mut rx) = watch::channel(0);
    let h = spawn(async move {
        let ok = rx.wait_for(fits("waiter", 3)).await.is_ok();
        log!("waiter", "ok={}", ok);
    });
    sleep(ms(5)).await;
    tx.send(2).unwrap();
    drop(tx);
    h.await.unwrap();
}
