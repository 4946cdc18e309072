// Pins: add_permits for forty waiters wakes them in their order, also beyond what is woken in one go; a waiter for two in the middle keeps the rest back
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(0));
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let mut hs = Vec::new();
    for i in 0..50 {
        let (s, order) = (s.clone(), order.clone());
        hs.push(spawn(async move {
            let n = if i == 41 { 2 } else { 1 };
            s.acquire_many(n).await.unwrap().forget();
            order.lock().unwrap().push(i.to_string());
        }));
    }
    sleep(ms(5)).await;
    for add in [40, 2, 1, 7] {
        s.add_permits(add);
        sleep(ms(5)).await;
        let text = std::mem::take(&mut *order.lock().unwrap()).join(" ");
        log!("main", "{}: {}", add, text);
    }
    log!("main", "available {}", s.available_permits());
    s.add_permits(1);
    sleep(ms(5)).await;
    log!("main", "{}", order.lock().unwrap().join(" "));
}
