// Pins: a task aborted while its yield waits for the driver, like one whose budget is used up, is dropped in the order of the aborts; nothing else wakes it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let h = spawn(traced("yielder", async {
        let _g = OnDrop("yielder-local");
        loop {
            yield_now().await;
        }
    }));
    let hungry = spawn(traced("hungry", async {
        let _g = OnDrop("hungry-local");
        let s = Semaphore::new(1);
        loop {
            drop(s.acquire().await.unwrap());
        }
    }));
    spawn(async move {
        log!("aborter", "aborts");
        h.abort();
        hungry.abort();
        self_wake().await;
        log!(
            "aborter",
            "finished {} {}",
            h.is_finished(),
            hungry.is_finished()
        );
        log!(
            "aborter",
            "{} {}",
            h.await.unwrap_err().is_cancelled(),
            hungry.await.unwrap_err().is_cancelled()
        );
    })
    .await
    .unwrap();
    yield_now().await;
    log!("main", "end");
}
