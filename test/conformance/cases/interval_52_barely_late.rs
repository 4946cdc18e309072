// Pins: a tick late by 5 ms is no missed tick, one late by 6 ms is: what Delay and Skip make of it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    for behaviour in [MissedTickBehavior::Delay, MissedTickBehavior::Skip] {
        for late in [5, 6] {
            let begin = Instant::now();
            let mut i = interval(ms(20));
            i.set_missed_tick_behavior(behaviour);
            i.tick().await;
            sleep(ms(20 + late)).await;
            let mut ticks = Vec::new();
            for _ in 0..3 {
                ticks.push((i.tick().await - begin).as_millis().to_string());
            }
            log!(
                "main",
                "{:?}, late by {}: {}",
                behaviour,
                late,
                ticks.join(" ")
            );
        }
    }
}
