// Pins: a send to forty waiting receivers wakes them in their order, and those aborted before their turn, which the first send still counts, get nothing
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, _) = broadcast::channel(2);
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let mut hs = Vec::new();
    for i in 0..40 {
        let (mut rx, order) = (tx.subscribe(), order.clone());
        hs.push(spawn(async move {
            while let Ok(v) = rx.recv().await {
                order.lock().unwrap().push(format!("{}:{}", i, v));
            }
        }));
    }
    sleep(ms(5)).await;
    for h in [3, 35] {
        hs[h].abort();
    }
    for v in ["a", "b"] {
        log!("main", "sent to {}", tx.send(v).unwrap());
        sleep(ms(5)).await;
        let text = std::mem::take(&mut *order.lock().unwrap()).join(" ");
        log!("main", "{}", text);
    }
}
