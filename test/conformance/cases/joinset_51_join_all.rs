// Pins: join_all gives the values in the order in which the members ended
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = JoinSet::new();
    for (name, takes) in [("A", 20), ("B", 10), ("C", 20), ("D", 0), ("E", 10)] {
        set.spawn(async move {
            sleep(ms(takes)).await;
            log!(name, "ends");
            name
        });
    }
    log!("main", "{}", set.join_all().await.join(" "));
    let none: JoinSet<u8> = JoinSet::new();
    log!("main", "{}", none.join_all().await.len());
}
