// Pins: the missed-tick behaviour can be changed at any time, and holds from the next late tick on
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut i = interval(ms(10));
    i.tick().await;
    for behaviour in [
        MissedTickBehavior::Skip,
        MissedTickBehavior::Delay,
        MissedTickBehavior::Burst,
        MissedTickBehavior::Skip,
    ] {
        i.set_missed_tick_behavior(behaviour);
        log!("main", "{:?}, now late by 25", i.missed_tick_behavior());
        sleep(ms(35)).await;
        for _ in 0..3 {
            log!("main", "tick for {}", at(i.tick().await));
        }
    }
}
