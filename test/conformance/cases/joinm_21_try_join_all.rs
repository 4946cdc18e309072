// Pins: try_join_all polls in order, gives up at the first error and drops the rest before it is seen
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let f = |label: &'static str, t: u64, fail: bool| async move {
        let _g = OnDrop(label);
        traced(label, sleep(ms(t))).await;
        if fail { Err(label) } else { Ok(t) }
    };
    let r = futures::future::try_join_all([f("a", 20, false), f("b", 10, false)]).await;
    log!("main", "{:?}", r);
    let r = futures::future::try_join_all([f("c", 20, false), f("d", 10, true), f("e", 10, true)]).await;
    log!("main", "{:?}", r);
}
