// Pins: try_join_next gives what has ended, oldest first, and nothing while the rest runs
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = JoinSet::new();
    log!("main", "empty set {}", set.try_join_next().is_none());
    for (name, takes) in [("A", 10), ("B", 5), ("C", 5), ("D", 20)] {
        set.spawn(async move {
            sleep(ms(takes)).await;
            name
        });
    }
    for _ in 0..4 {
        let mut got = Vec::new();
        while let Some(r) = set.try_join_next() {
            got.push(r.unwrap());
        }
        log!("main", "[{}] {} left", got.join(" "), set.len());
        sleep(ms(7)).await;
    }
    log!("main", "{:?}", set.try_join_next().map(|r| r.unwrap()));
}
