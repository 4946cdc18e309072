// Pins: consume_budget costs one unit and waits when there is none; try_ operations in between cost nothing
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    spawn(async {
        for i in 0..4 {
            log!("other", "{}", i);
            self_wake().await;
        }
    });
    spawn(traced("consumer", async {
        for i in 0..300 {
            tokio::task::consume_budget().await;
            if i % 100 == 99 {
                log!("consumer", "{}", i + 1);
            }
        }
    }))
    .await
    .unwrap();
    spawn(traced(
        "free",
        tokio::task::unconstrained(async {
            for _ in 0..300 {
                tokio::task::consume_budget().await;
            }
        }),
    ))
    .await
    .unwrap();
}
