// Pins: a dropped set aborts its running members first spawned first, then drops the outputs of those that
// have finished; abort_all reports members in the order in which they are dropped
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = JoinSet::new();
    for (name, t) in [("a", 100), ("b", 2), ("c", 100), ("d", 1)] {
        set.spawn(async move {
            let _g = OnDrop(name);
            sleep(ms(t)).await;
            OnDrop("output")
        });
    }
    let a = set.spawn(async { OnDrop("quick") });
    sleep(ms(5)).await;
    log!("main", "len={} quick finished={}", set.len(), a.is_finished());
    drop(set);
    log!("main", "dropped");
    sleep(ms(5)).await;

    let mut set = JoinSet::new();
    for name in ["x", "y", "z"] {
        set.spawn(async move {
            let _g = OnDrop(name);
            sleep(ms(100)).await;
        });
    }
    sleep(ms(5)).await;
    set.abort_all();
    set.abort_all();
    log!("main", "aborted len={}", set.len());
    while let Some(r) = set.join_next().await {
        log!("main", "cancelled={} left={}", r.unwrap_err().is_cancelled(), set.len());
    }
    set.spawn(async { log!("late", "runs") });
    log!("main", "joined={}", set.join_next().await.unwrap().is_ok());
}
