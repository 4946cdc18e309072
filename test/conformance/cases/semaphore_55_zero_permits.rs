// Pins: a request for no permits does not wait behind others; on a closed semaphore it fails
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(1));
    let w = spawn({
        let s = s.clone();
        async move {
            let r = s.acquire_many(5).await;
            log!("big", "ok={}", r.is_ok());
        }
    });
    yield_now().await;
    log!(
        "main",
        "acquire_many(0) ready={}",
        s.acquire_many(0).now_or_never().is_some()
    );
    log!(
        "main",
        "try_acquire_many(0) ok={}",
        s.try_acquire_many(0).is_ok()
    );
    log!(
        "main",
        "acquire ready={}",
        s.acquire().now_or_never().is_some()
    );
    s.close();
    w.await.unwrap();
    log!(
        "main",
        "acquire_many(0) ok={}",
        s.acquire_many(0).await.is_ok()
    );
    log!(
        "main",
        "try_acquire_many(0) ok={}",
        s.try_acquire_many(0).is_ok()
    );
}
