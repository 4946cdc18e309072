// Pins: FuturesUnordered gives outputs in the order of the wakes, polls only what was woken, and ends when it is empty
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use futures::stream::{FuturesUnordered, StreamExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = FuturesUnordered::new();
    for (name, takes) in [("A", 20), ("B", 10), ("C", 20), ("D", 0), ("E", 10)] {
        set.push(traced(name, async move {
            sleep(ms(takes)).await;
            name
        }));
    }
    while let Some(name) = set.next().await {
        log!("main", "{}, {} left", name, set.len());
    }
    log!("main", "end, again {}", set.next().await.is_none());
}
