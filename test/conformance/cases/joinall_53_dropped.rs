// Pins: a join_all that is dropped drops its unfinished futures in input order, and the outputs it has kept
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let r = timeout(
        ms(10),
        futures::future::join_all([("A", 20), ("B", 5), ("C", 20)].map(
            |(name, takes)| async move {
                let _g = OnDrop(name);
                sleep(ms(takes)).await;
                OnDrop(if name == "B" { "output of B" } else { "output" })
            },
        )),
    )
    .await;
    log!("main", "elapsed {}", r.is_err());
}
