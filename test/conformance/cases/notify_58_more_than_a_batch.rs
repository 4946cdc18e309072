// Pins: notify_waiters for forty waiters: who is woken by the first ones and waits again is not notified twice
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Arc::new(Notify::new());
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    for i in 0..40 {
        let (n, order) = (n.clone(), order.clone());
        spawn(async move {
            loop {
                n.notified().await;
                order.lock().unwrap().push(i.to_string());
            }
        });
    }
    sleep(ms(5)).await;
    for round in 0..2 {
        n.notify_waiters();
        if round == 1 {
            n.notify_one();
        }
        sleep(ms(5)).await;
        let text = std::mem::take(&mut *order.lock().unwrap()).join(" ");
        log!("main", "{}", text);
    }
}
