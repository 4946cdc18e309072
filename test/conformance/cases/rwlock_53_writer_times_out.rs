// Pins: a writer that gives up by timeout: try_read fails while it waits and succeeds after, and the reader behind it is let in at that instant
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let l = Arc::new(RwLock::new(0));
    let inside = l.clone().read_owned().await;
    let w = spawn({
        let l = l.clone();
        async move {
            let r = timeout(ms(10), l.write()).await;
            log!("writer", "ok={}", r.is_ok());
        }
    });
    let r = spawn({
        let l = l.clone();
        async move {
            let _g = l.read().await;
            log!("reader", "in");
        }
    });
    yield_now().await;
    log!("main", "try_read ok={}", l.try_read().is_ok());
    w.await.unwrap();
    log!("main", "try_read ok={}", l.try_read().is_ok());
    r.await.unwrap();
    log!("main", "try_write ok={}", l.try_write().is_ok());
    drop(inside);
    log!("main", "try_write ok={}", l.try_write().is_ok());
}
