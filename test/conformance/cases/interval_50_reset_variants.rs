// Pins: reset_immediately, reset_after and reset_at say when the next tick is; the ones after follow at the period
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut i = interval(ms(20));
    i.tick().await;
    log!("main", "first");
    sleep(ms(5)).await;
    i.reset_immediately();
    log!("main", "tick for {}", at(i.tick().await));
    log!("main", "tick for {}", at(i.tick().await));
    i.reset_after(ms(7));
    log!("main", "tick for {}", at(i.tick().await));
    log!("main", "tick for {}", at(i.tick().await));
    i.reset_at(Instant::now() + ms(50));
    log!("main", "tick for {}", at(i.tick().await));
    i.reset_at(Instant::now() - ms(30));
    for _ in 0..3 {
        log!("main", "tick for {}", at(i.tick().await));
    }
    log!("main", "period {}", i.period().as_millis());
}
