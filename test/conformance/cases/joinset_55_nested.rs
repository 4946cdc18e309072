// Pins: a member that owns a set: aborting it aborts the inner members, one turn later
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut outer = JoinSet::new();
    for (name, inner) in [("X", ["x1", "x2"]), ("Y", ["y1", "y2"])] {
        outer.spawn(async move {
            let _g = OnDrop(name);
            let mut set = JoinSet::new();
            for n in inner {
                set.spawn(async move {
                    let _g = OnDrop(n);
                    sleep(ms(if n == "y1" { 10 } else { 100 })).await;
                    n
                });
            }
            let first = set.join_next().await.unwrap().unwrap();
            log!(name, "has {}", first);
            first
        });
    }
    log!("main", "{}", outer.join_next().await.unwrap().unwrap());
    outer.spawn(async {
        log!("Z", "runs");
        "Z"
    });
    outer.abort_all();
    log!("main", "aborted all");
    while let Some(r) = outer.join_next().await {
        log!("main", "ok={}", r.is_ok());
    }
    yield_now().await;
    log!("main", "end");
}
