// Pins: aborting a task that awaits another: the other goes on, and its value goes nowhere; aborting the inner one wakes the outer
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let inner = spawn(traced("inner-1", async {
        sleep(ms(20)).await;
        OnDrop("value")
    }));
    let outer = spawn(traced("outer-1", async move {
        let _ = inner.await;
    }));
    sleep(ms(5)).await;
    outer.abort();
    log!(
        "main",
        "outer cancelled {}",
        outer.await.unwrap_err().is_cancelled()
    );
    sleep(ms(20)).await;

    let inner = Arc::new(std::sync::Mutex::new(Some(spawn(traced(
        "inner-2",
        async {
            sleep(ms(20)).await;
        },
    )))));
    let outer = spawn(traced("outer-2", {
        let inner = inner.clone();
        async move {
            let h = futures::future::poll_fn(|cx| {
                inner.lock().unwrap().as_mut().unwrap().poll_unpin(cx)
            });
            log!(
                "outer-2",
                "inner cancelled {}",
                h.await.unwrap_err().is_cancelled()
            );
        }
    }));
    sleep(ms(5)).await;
    inner.lock().unwrap().as_ref().unwrap().abort();
    log!("main", "aborted inner-2");
    outer.await.unwrap();
}
