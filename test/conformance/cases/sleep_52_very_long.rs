// Pins: sleeps and timeouts of years: they do not overflow, and the clock goes past them to nothing else
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let forever = Duration::MAX;
    let r = timeout(forever, sleep(ms(5))).await;
    log!("main", "ok={}", r.is_ok());
    let r = timeout(ms(5), sleep(forever)).await;
    log!("main", "ok={}", r.is_ok());
    let r = timeout(secs(3600 * 24 * 365), std::future::pending::<()>()).await;
    log!("main", "ok={}", r.is_ok());
    sleep(secs(3600 * 24 * 365)).await;
    log!("main", "two years");
}
