// Pins: a member that is woken in the very poll in which it ends is answered once, and not polled again
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;
use futures::stream::{FuturesUnordered, StreamExt};

async fn wakes_and_ends(name: &'static str) -> &'static str {
    select! {
        biased;
        _ = self_wake() => {}
        _ = std::future::ready(()) => {}
    }
    name
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = FuturesUnordered::new();
    set.push(traced("A", wakes_and_ends("A")));
    set.push(traced("B", wakes_and_ends("B")));
    while let Some(name) = set.next().await {
        log!("main", "{}, {} left", name, set.len());
    }
    set.push(traced("C", wakes_and_ends("C")));
    log!("main", "{}", set.next().await.unwrap());
    set.push(traced("D", wakes_and_ends("D")));
    while let Some(name) = set.next().await {
        log!("main", "{}, {} left", name, set.len());
    }
    log!("main", "end");
}
