// Pins: a FuturesUnordered that is dropped drops its members, the one pushed last first
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use futures::stream::{FuturesUnordered, StreamExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = FuturesUnordered::new();
    for (name, takes) in [("A", 20), ("B", 10), ("C", 20), ("D", 30)] {
        set.push(async move {
            let _g = OnDrop(name);
            sleep(ms(takes)).await;
            name
        });
    }
    let first = set.next().await.unwrap();
    log!("main", "{}", first);
    drop(set);
    log!("main", "dropped");
}
