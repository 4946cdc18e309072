// Pins: run_until_cancelled polls the future first, drops it when cancelled, and does not poll it on a cancelled token
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let t = CancellationToken::new();
    let r = t.run_until_cancelled(traced("quick", async { 1 })).await;
    log!("main", "{:?}", r);
    let t1 = t.clone();
    let h = spawn(async move {
        let r = t1
            .run_until_cancelled(traced("slow", async {
                let _g = OnDrop("slow-local");
                sleep(ms(10)).await;
                2
            }))
            .await;
        log!("task", "{:?}", r);
    });
    sleep(ms(5)).await;
    log!("main", "cancel");
    t.cancel();
    h.await.unwrap();
    let r = t.run_until_cancelled(traced("late", async { 3 })).await;
    log!("main", "{:?}", r);
    let t = CancellationToken::new();
    let t2 = t.clone();
    let h = spawn(async move {
        let r = t2.run_until_cancelled(traced("both", sleep(ms(10)))).await;
        log!("task", "both at once: {:?}", r);
    });
    let t3 = t.clone();
    spawn(async move {
        sleep(ms(10)).await;
        t3.cancel();
    });
    h.await.unwrap();
}
