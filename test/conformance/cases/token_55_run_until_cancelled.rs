// Pins: run_until_cancelled: the value, or nothing once the token is cancelled; on a token that is cancelled already nothing is polled; the future that loses is dropped
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
    let r = t.run_until_cancelled(async {
        sleep(ms(5)).await;
        1
    });
    log!("main", "{:?}", r.await);
    let h = spawn({
        let t = t.clone();
        async move {
            let r = t
                .run_until_cancelled(traced("work", async {
                    let _g = OnDrop("work-local");
                    sleep(ms(50)).await;
                    2
                }))
                .await;
            log!("task", "{:?}", r);
        }
    });
    let both = spawn({
        let t = t.clone();
        async move {
            let r = t.run_until_cancelled(traced("both", sleep(ms(5)))).await;
            log!("both", "value {}", r.is_some());
        }
    });
    spawn({
        let t = t.clone();
        async move {
            sleep(ms(5)).await;
            t.cancel();
            log!("canceller", "cancelled");
        }
    });
    h.await.unwrap();
    both.await.unwrap();
    let r = t.run_until_cancelled(traced("ready", async { 3 })).await;
    log!("main", "{:?}", r);
    let r = t.run_until_cancelled(traced("pending", sleep(ms(5)))).await;
    log!("main", "value {}", r.is_some());
}
