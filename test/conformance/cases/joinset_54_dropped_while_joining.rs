// Pins: a task aborted inside join_next drops its set, and so aborts its members, in the order they were spawned
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let h = spawn(traced("owner", async {
        let _g = OnDrop("owner-local");
        let mut set = JoinSet::new();
        for (name, takes) in [("A", 100), ("B", 10), ("C", 100)] {
            set.spawn(traced(name, async move {
                let _g = OnDrop(name);
                sleep(ms(takes)).await;
            }));
        }
        while set.join_next().await.is_some() {
            log!("owner", "one joined");
        }
    }));
    sleep(ms(20)).await;
    h.abort();
    log!("main", "aborted the owner");
    log!("main", "cancelled {}", h.await.unwrap_err().is_cancelled());
    yield_now().await;
    log!("main", "end");
}
