// Pins: an AbortHandle outlives its JoinHandle, and says whether the task has ended; a second abort changes nothing
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let h = spawn(traced("A", async {
        let _g = OnDrop("A-local");
        sleep(secs(100)).await;
    }));
    let abort = h.abort_handle();
    let other = abort.clone();
    log!("main", "same id {}", abort.id() == h.id());
    drop(h);
    sleep(ms(5)).await;
    log!("main", "finished {}", abort.is_finished());
    abort.abort();
    other.abort();
    log!("main", "finished {}", other.is_finished());
    yield_now().await;
    log!("main", "finished {}", other.is_finished());
    let h = spawn(async { 5 });
    let abort = h.abort_handle();
    yield_now().await;
    abort.abort();
    log!(
        "main",
        "finished {} value {}",
        abort.is_finished(),
        h.await.unwrap()
    );
}
