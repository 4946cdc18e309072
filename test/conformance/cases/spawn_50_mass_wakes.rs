// Pins: a hundred tasks woken at once: all run before main, main is polled after 61 of them only if it is awake
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Arc::new(Notify::new());
    let count = Arc::new(AtomicUsize::new(0));
    let (tx, mut rx) = mpsc::unbounded_channel();
    for i in 0..100 {
        let (n, count, tx) = (n.clone(), count.clone(), tx.clone());
        spawn(async move {
            n.notified().await;
            count.fetch_add(1, Ordering::SeqCst);
            if i == 30 || i == 80 {
                tx.send(i).unwrap();
            }
        });
    }
    drop(tx);
    sleep(ms(5)).await;
    n.notify_waiters();
    log!(
        "main",
        "notified, {} have run",
        count.load(Ordering::SeqCst)
    );
    while let Some(i) = rx.recv().await {
        log!(
            "main",
            "message of {}, {} have run",
            i,
            count.load(Ordering::SeqCst)
        );
    }
    log!("main", "closed, {} have run", count.load(Ordering::SeqCst));
}
