// Pins: sleeps to one instant fire in the order of their first polls, not in that in which they were made; one task that has several is polled once
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let first = sleep(ms(10));
    let second = sleep(ms(10));
    let third = sleep(ms(10));
    let mut hs = Vec::new();
    for (name, s) in [("third", third), ("first", first), ("second", second)] {
        hs.push(spawn(async move {
            s.await;
            log!(name, "fired");
        }));
    }
    hs.push(spawn(traced("three at once", async {
        join!(sleep(ms(10)), sleep(ms(10)), sleep(ms(10)));
    })));
    for h in hs {
        h.await.unwrap();
    }
}
