// Pins: while blocking work runs, the paused clock does not move on by itself: a timeout around it does not elapse
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut h = tokio::task::spawn_blocking(|| {
        std::thread::sleep(Duration::from_millis(30));
        "value"
    });
    let r = timeout(ms(10), &mut h).await;
    log!("main", "ok={}", r.is_ok());
    sleep(ms(5)).await;
    log!("main", "end");
}
