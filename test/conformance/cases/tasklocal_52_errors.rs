// Pins: outside a scope a task-local cannot be read: the text of the error; a scope polled by hand sets it only while it is polled
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

tokio::task_local! {
    static NUMBER: u32;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    log!("main", "{}", NUMBER.try_with(|n| *n).unwrap_err());
    let h = spawn(async { NUMBER.get() });
    log!("main", "panics {}", h.await.unwrap_err().is_panic());
    let mut f = Box::pin(NUMBER.scope(1, async {
        log!("scoped", "{}", NUMBER.get());
        self_wake().await;
        log!("scoped", "{}", NUMBER.get());
        NUMBER.get() + 1
    }));
    log!("main", "ready={}", futures::poll!(f.as_mut()).is_ready());
    log!(
        "main",
        "set between polls {}",
        NUMBER.try_with(|n| *n).is_ok()
    );
    log!(
        "main",
        "{}",
        NUMBER.scope(5, async { f.await + NUMBER.get() }).await
    );
}
