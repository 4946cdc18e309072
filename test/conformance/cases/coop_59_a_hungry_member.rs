// Pins: tasks that use their budget up take turns with each other and with main, and the clock stands still meanwhile
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(10));
    let mut set = JoinSet::new();
    for name in ["A", "B", "C"] {
        let s = s.clone();
        set.spawn(async move {
            for i in 1..=384 {
                drop(s.acquire().await.unwrap());
                if i % 128 == 0 {
                    log!(name, "{}", i);
                }
            }
            name
        });
    }
    let timer = spawn(async {
        sleep(ms(1)).await;
        log!("timer", "fired");
    });
    while let Some(r) = set.join_next().await {
        log!("main", "{}", r.unwrap());
    }
    timer.await.unwrap();
}
