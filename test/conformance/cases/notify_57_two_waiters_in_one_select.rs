// Pins: two waiters of one Notify in one select: the one that loses passes its notification on, or has none to pass on
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Arc::new(Notify::new());
    for count in [1, 2] {
        let h = spawn({
            let n = n.clone();
            async move {
                select! {
                    biased;
                    _ = n.notified() => log!("task", "first"),
                    _ = n.notified() => log!("task", "second"),
                }
            }
        });
        sleep(ms(5)).await;
        for _ in 0..count {
            n.notify_one();
        }
        h.await.unwrap();
        log!(
            "main",
            "{} notified, stored {}",
            count,
            n.notified().now_or_never().is_some()
        );
    }
    let h = spawn({
        let n = n.clone();
        async move {
            select! {
                biased;
                _ = sleep(ms(5)) => log!("task", "timer"),
                _ = n.notified() => log!("task", "notified"),
            }
        }
    });
    yield_now().await;
    tokio::time::advance(ms(5)).await;
    n.notify_one();
    h.await.unwrap();
    log!(
        "main",
        "at the timer's instant, stored {}",
        n.notified().now_or_never().is_some()
    );
}
