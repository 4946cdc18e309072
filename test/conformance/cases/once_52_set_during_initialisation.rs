// Pins: set() while an initialiser runs, after it, and before any: what each says and what the cell holds
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let cell = Arc::new(OnceCell::new());
    let h = spawn({
        let cell = cell.clone();
        async move {
            let v = cell
                .get_or_init(|| async {
                    sleep(ms(10)).await;
                    1
                })
                .await;
            log!("task", "has {}", v);
        }
    });
    sleep(ms(5)).await;
    log!("main", "get {}", cell.get().is_some());
    match cell.set(2) {
        Ok(()) => log!("main", "set"),
        Err(e) => log!("main", "{} initializing={}", e, e.is_initializing_err()),
    }
    h.await.unwrap();
    match cell.set(3) {
        Ok(()) => log!("main", "set"),
        Err(e) => log!("main", "{} already={}", e, e.is_already_init_err()),
    }
    log!("main", "holds {}", cell.get().unwrap());
    let other = OnceCell::new();
    log!("main", "set ok={}", other.set(4).is_ok());
    log!("main", "holds {}", other.get_or_init(|| async { 5 }).await);
}
