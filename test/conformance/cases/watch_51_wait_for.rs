// Pins: wait_for looks at the present value first, then at each later one it is polled for; what it answers is seen
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = watch::channel(0);
    log!(
        "main",
        "at once {}",
        *rx.wait_for(|v| *v == 0).await.unwrap()
    );
    tx.send(5).unwrap();
    log!(
        "main",
        "at once {}",
        *rx.wait_for(|v| *v >= 5).await.unwrap()
    );
    log!("main", "has_changed {}", rx.has_changed().unwrap());
    let h = spawn(traced("waiter", async move {
        let v = *rx
            .wait_for(|v| {
                log!("waiter", "looks at {}", v);
                *v == 8
            })
            .await
            .unwrap();
        log!("waiter", "has {}", v);
        log!("waiter", "has_changed {}", rx.has_changed().unwrap());
    }));
    yield_now().await;
    tx.send(6).unwrap();
    tx.send(7).unwrap();
    yield_now().await;
    sleep(ms(5)).await;
    tx.send(8).unwrap();
    h.await.unwrap();
}
