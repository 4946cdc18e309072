// Pins: timeouts around locks and channels that fall together with a release: the older timer decides, and nothing is lost on the way
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let m = Arc::new(Mutex::new(0));
    let (tx, mut rx) = mpsc::channel(1);
    tx.send(0).await.unwrap();
    let mut hs = Vec::new();
    hs.push(spawn({
        let m = m.clone();
        async move {
            let _g = m.lock().await;
            sleep(ms(10)).await;
            log!("holder", "unlocks");
        }
    }));
    for (name, limit) in [("lock-10", 10), ("lock-11", 11), ("lock-9", 9)] {
        let m = m.clone();
        hs.push(spawn(async move {
            let r = timeout(ms(limit), async {
                let mut g = m.lock().await;
                *g += 1;
                sleep(ms(1)).await;
                *g += 10;
            })
            .await;
            log!(name, "ok={}", r.is_ok());
        }));
    }
    for (name, limit) in [("send-10", 10), ("send-20", 20)] {
        let tx = tx.clone();
        hs.push(spawn(async move {
            let r = timeout(ms(limit), tx.send(limit)).await;
            log!(name, "ok={}", r.is_ok());
        }));
    }
    sleep(ms(10)).await;
    log!("main", "receives {:?}", rx.try_recv().ok());
    for h in hs {
        h.await.unwrap();
    }
    log!("main", "value {}", *m.lock().await);
    log!("main", "receives {:?}", rx.try_recv().ok());
    log!("main", "receives {:?}", rx.try_recv().ok());
}
