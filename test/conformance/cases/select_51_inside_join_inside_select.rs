// Pins: a select in a join in a select: what is polled, what is dropped and in which order when the outer timer wins
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Notify::new();
    select! {
        biased;
        _ = async {
            join!(
                traced("left", async {
                    select! {
                        biased;
                        _ = traced("left-a", n.notified()) => log!("left", "notified"),
                        _ = traced("left-b", sleep(ms(100))) => log!("left", "slept"),
                    }
                }),
                traced("right", async {
                    sleep(ms(5)).await;
                    n.notify_one();
                    n.notified().await;
                    n.notified().await;
                }),
            )
        } => log!("main", "joined"),
        _ = traced("timer", sleep(ms(10))) => log!("main", "timer"),
    }
    log!("main", "end");
}
