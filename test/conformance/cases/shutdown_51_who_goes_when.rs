// Pins: the end of the runtime: tasks that wait, are queued or were aborted are dropped alike, in spawn order in this version, and values that nobody read with their handles [1.24.2]
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let _local = OnDrop("main-local");
    let finished = spawn(async { OnDrop("unread value") });
    let handle_inside = spawn(async {
        sleep(secs(100)).await;
    });
    spawn(async move {
        let _g = OnDrop("A");
        let _h = finished;
        sleep(secs(100)).await;
    });
    spawn(async move {
        let _g = OnDrop("B");
        let r = handle_inside.await;
        log!("B", "never {}", r.is_ok());
    });
    let c = spawn(async {
        let _g = OnDrop("C");
        sleep(secs(100)).await;
    });
    let mut set = JoinSet::new();
    set.spawn(async {
        let _g = OnDrop("member");
        sleep(secs(100)).await;
    });
    spawn(async move {
        let _g = OnDrop("D");
        let _set = set;
        sleep(secs(100)).await;
    });
    sleep(ms(5)).await;
    let queued = OnDrop("E");
    spawn(async move {
        let _g = queued;
    });
    c.abort();
    log!("main", "returns");
}
