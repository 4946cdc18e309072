// Pins: try_join_next does not wait, costs no budget, and answers in the order of ending
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = JoinSet::new();
    log!("main", "none={}", set.try_join_next().is_none());
    for i in 0..200 {
        set.spawn(async move { i });
    }
    log!("main", "none={} len={}", set.try_join_next().is_none(), set.len());
    yield_now().await;
    let mut sum = 0;
    let mut last = -1;
    let mut in_order = true;
    traced("main", async {
        while let Some(r) = set.try_join_next() {
            let i = r.unwrap();
            in_order = in_order && i == last + 1;
            last = i;
            sum += 1;
        }
    })
    .await;
    log!("main", "sum={} in_order={} len={}", sum, in_order, set.len());
}
