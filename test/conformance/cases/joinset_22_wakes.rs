// Pins: a set remembers who asked last, so a member that ends may wake a task that waits for something else
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = JoinSet::new();
    for t in [0, 5, 10] {
        set.spawn(async move {
            if t > 0 {
                sleep(ms(t)).await;
            }
            log!("member", "{} done", t);
        });
    }
    yield_now().await;
    traced("main", async {
        log!("main", "joined={}", set.join_next().await.is_some());
        sleep(ms(20)).await;
        log!("main", "slept");
        log!("main", "joined={}", set.join_next().await.is_some());
        log!("main", "joined={}", set.join_next().await.is_some());
        log!("main", "joined={}", set.join_next().await.is_some());
    })
    .await;

    set.spawn(async {
        sleep(ms(10)).await;
    });
    traced("loser", async {
        let r = timeout(ms(5), set.join_next()).await;
        log!("loser", "elapsed={}", r.is_err());
        sleep(ms(20)).await;
        log!("loser", "len={}", set.len());
    })
    .await;
}
