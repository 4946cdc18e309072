// Pins: the task whose budget is used up asks again at once, while the member it was refused comes back at the
// next driver step
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    for count in [129, 131] {
        let mut set = JoinSet::new();
        for i in 0..count {
            set.spawn(async move { i });
        }
        sleep(ms(1)).await;
        let task = spawn(traced("task", async move {
            let mut last = Vec::new();
            while let Some(r) = set.join_next().await {
                let i = r.unwrap();
                if i >= 126 {
                    log!("task", "joined {}", i);
                }
                last.push(i);
            }
            last.len()
        }));
        let neighbour = spawn(async {
            for i in 0..4 {
                log!("neighbour", "{}", i);
                self_wake().await;
            }
        });
        log!("main", "{}", task.await.unwrap());
        neighbour.await.unwrap();
    }
}
