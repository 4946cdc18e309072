// Pins: a waiter aborted in the middle of the queue changes nothing for the others; aborted twice, or when done, is as once
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let m = Arc::new(Mutex::new(Vec::new()));
    let held = m.clone().lock_owned().await;
    let mut hs = Vec::new();
    for name in ["A", "B", "C"] {
        let m = m.clone();
        hs.push(spawn(traced(name, async move {
            let mut g = m.lock().await;
            g.push(name);
            sleep(ms(5)).await;
        })));
    }
    sleep(ms(5)).await;
    hs[1].abort();
    hs[1].abort();
    log!("main", "aborted B");
    drop(held);
    for h in &mut hs {
        let r = h.await;
        log!("main", "cancelled={}", r.is_err());
    }
    hs[1].abort();
    log!("main", "{}", m.lock().await.join(" "));
}
