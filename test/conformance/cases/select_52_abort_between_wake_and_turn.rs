// Pins: a task whose select was won, but is aborted before its turn, runs no handler; the message, the permit and the notification are all still there
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = mpsc::channel::<u8>(4);
    let rx = Arc::new(Mutex::new(rx));
    let s = Arc::new(Semaphore::new(0));
    let n = Arc::new(Notify::new());
    let mut hs = Vec::new();
    hs.push(spawn({
        let rx = rx.clone();
        async move {
            let mut rx = rx.lock().await;
            select! {
                biased;
                v = rx.recv() => log!("mpsc", "{:?}", v),
                _ = sleep(ms(100)) => log!("mpsc", "timer"),
            }
        }
    }));
    hs.push(spawn({
        let s = s.clone();
        async move {
            select! {
                biased;
                _ = s.acquire() => log!("semaphore", "acquired"),
                _ = sleep(ms(100)) => log!("semaphore", "timer"),
            }
        }
    }));
    hs.push(spawn({
        let n = n.clone();
        async move {
            select! {
                biased;
                _ = n.notified() => log!("notify", "notified"),
                _ = sleep(ms(100)) => log!("notify", "timer"),
            }
        }
    }));
    sleep(ms(5)).await;
    tx.send(7).await.unwrap();
    s.add_permits(1);
    n.notify_one();
    for h in &hs {
        h.abort();
    }
    for h in hs {
        log!("main", "cancelled {}", h.await.is_err());
    }
    log!("main", "received {:?}", rx.lock().await.try_recv().ok());
    log!("main", "permits {}", s.available_permits());
    log!("main", "stored {}", n.notified().now_or_never().is_some());
}
