// Pins: members that wake themselves take turns with the others, and after two such polls in one turn the task lets others run
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use futures::stream::{FuturesUnordered, StreamExt};

async fn busy(name: &'static str, n: u32) -> &'static str {
    for i in 0..n {
        log!(name, "round {}", i);
        self_wake().await;
    }
    name
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    spawn(async {
        for i in 0..6 {
            log!("other", "{}", i);
            self_wake().await;
        }
    });
    let h = spawn(async {
        let mut set = FuturesUnordered::new();
        set.push(busy("A", 3));
        set.push(busy("B", 1));
        set.push(busy("C", 3));
        while let Some(name) = set.next().await {
            log!("task", "{}", name);
        }
    });
    h.await.unwrap();
}
