// Pins: FuturesUnordered drops first what was pushed or polled last; members can be pushed on the way;
// one that ends wakes the task that asked last, also when it waits for something else
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    use futures::StreamExt;
    let wait = |label: &'static str, t: u64| async move {
        let _g = OnDrop(label);
        sleep(ms(t)).await;
        label
    };
    let mut set = futures::stream::FuturesUnordered::new();
    for (label, t) in [("a", 100), ("b", 10), ("c", 100)] {
        set.push(wait(label, t));
    }
    log!("main", "{:?}", set.next().await);
    set.push(wait("d", 100));
    set.push(wait("e", 5));
    log!("main", "{:?}", set.next().await);
    set.push(wait("never polled", 1));
    drop(set);
    log!("main", "dropped");

    let mut set = futures::stream::FuturesUnordered::new();
    set.push(wait("x", 5));
    set.push(wait("y", 10));
    traced("main", async {
        log!("main", "{:?}", set.next().await);
        sleep(ms(20)).await;
        log!("main", "slept");
        log!("main", "{:?}", set.next().await);
        log!("main", "{:?}", set.next().await);
        set.push(wait("z", 5));
        log!("main", "{:?}", set.next().await);
    })
    .await;
}
