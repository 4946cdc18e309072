// Pins: FuturesUnordered polls new members in order, then the woken ones first woken first; it yields after
// as many polls as it has members, or after two members that woke themselves
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    use futures::StreamExt;
    let mut set = futures::stream::FuturesUnordered::new();
    for (label, t) in [("a", 30), ("b", 10), ("c", 20), ("d", 10)] {
        set.push(traced(label, async move {
            sleep(ms(t)).await;
            label
        }));
    }
    traced("main", async {
        while let Some(label) = set.next().await {
            log!("main", "{} left={}", label, set.len());
        }
    })
    .await;

    let mut set = futures::stream::FuturesUnordered::new();
    for (label, n) in [("p", 3), ("q", 1), ("r", 2), ("s", 0)] {
        set.push(traced(label, async move {
            for _ in 0..n {
                self_wake().await;
            }
            label
        }));
    }
    let neighbour = spawn(async {
        for i in 0..6 {
            log!("neighbour", "{}", i);
            self_wake().await;
        }
    });
    let task = spawn(async move {
        traced("task", async {
            while let Some(label) = set.next().await {
                log!("task", "{} left={}", label, set.len());
            }
        })
        .await;
    });
    task.await.unwrap();
    neighbour.await.unwrap();
}
