// Pins: an AbortHandle aborts after its JoinHandle is gone; one of a finished task does nothing
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let h = spawn(async {
        let _g = OnDrop("detached");
        sleep(ms(100)).await;
    });
    let ah = h.abort_handle();
    drop(h);
    sleep(ms(1)).await;
    ah.abort();
    log!("main", "finished={}", ah.is_finished());
    yield_now().await;
    log!("main", "finished={}", ah.is_finished());

    let h = spawn(async { 5 });
    let ah = h.abort_handle();
    yield_now().await;
    log!("main", "finished={}", ah.is_finished());
    ah.abort();
    log!("main", "{:?}", h.await.unwrap());

    let h = spawn(sleep(ms(100)));
    let a = h.abort_handle();
    let b = h.abort_handle();
    a.abort();
    b.abort();
    h.abort();
    log!("main", "cancelled={}", h.await.unwrap_err().is_cancelled());
}
