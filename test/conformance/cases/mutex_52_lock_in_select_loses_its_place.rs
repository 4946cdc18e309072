// Pins: a lock given up and asked for again in every round of a select is behind everybody who came meanwhile; one that is kept holds its place
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let m = Arc::new(Mutex::new(()));
    let held = m.clone().lock_owned().await;
    let mut hs = Vec::new();
    hs.push(spawn({
        let m = m.clone();
        async move {
            loop {
                select! {
                    biased;
                    _g = m.lock() => {
                        log!("fresh", "locked");
                        break;
                    }
                    _ = sleep(ms(10)) => log!("fresh", "again"),
                }
            }
        }
    }));
    hs.push(spawn({
        let m = m.clone();
        async move {
            let lock = m.lock();
            tokio::pin!(lock);
            loop {
                select! {
                    biased;
                    _g = &mut lock => {
                        log!("kept", "locked");
                        break;
                    }
                    _ = sleep(ms(10)) => log!("kept", "again"),
                }
            }
        }
    }));
    sleep(ms(5)).await;
    hs.push(spawn({
        let m = m.clone();
        async move {
            let _g = m.lock().await;
            log!("third", "locked");
        }
    }));
    sleep(ms(20)).await;
    log!("main", "unlocks");
    drop(held);
    for h in hs {
        h.await.unwrap();
    }
}
