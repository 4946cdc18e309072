// Pins: reserve_many waits for all its slots at once, gives back those that are not used, and refuses more than the channel has
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(3);
    let mut permits = tx.reserve_many(2).await.unwrap();
    log!(
        "main",
        "capacity {} permits {}",
        tx.capacity(),
        permits.len()
    );
    permits.next().unwrap().send("one");
    drop(permits);
    log!("main", "capacity {}", tx.capacity());
    log!(
        "main",
        "reserve_many(4) ok={}",
        tx.reserve_many(4).await.is_ok()
    );
    log!(
        "main",
        "reserve_many(0) len={}",
        tx.reserve_many(0).await.unwrap().len()
    );
    log!(
        "main",
        "try_reserve_many(3) {}",
        tx.try_reserve_many(3).map(|p| p.len()).unwrap_err()
    );
    log!(
        "main",
        "try_reserve_many(2) len={}",
        tx.try_reserve_many(2).unwrap().len()
    );
    let h = spawn(traced("three", {
        let tx = tx.clone();
        async move {
            for (p, text) in tx
                .reserve_many(3)
                .await
                .unwrap()
                .zip(["two", "three", "four"])
            {
                p.send(text);
            }
        }
    }));
    sleep(ms(5)).await;
    log!("main", "try_send {}", try_sent(tx.try_send("between")));
    log!("rx", "{}", rx.recv().await.unwrap());
    h.await.unwrap();
    rx.close();
    log!(
        "main",
        "reserve_many ok={}",
        tx.reserve_many(1).await.is_ok()
    );
    log!(
        "main",
        "try_reserve_many {}",
        tx.try_reserve_many(1).map(|p| p.len()).unwrap_err()
    );
    while let Some(v) = rx.recv().await {
        log!("rx", "{}", v);
    }
}
