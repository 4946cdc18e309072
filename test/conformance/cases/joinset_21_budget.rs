// Pins: joining more members than the budget allows: the member that the budget refuses is reported later
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let task = spawn(async {
        let mut set = JoinSet::new();
        for i in 0..140 {
            set.spawn(async move { i });
        }
        let neighbour = spawn(async {
            for i in 0..4 {
                log!("neighbour", "{}", i);
                self_wake().await;
            }
        });
        sleep(ms(1)).await;
        let mut run: Option<(i32, i32)> = None;
        while let Some(r) = set.join_next().await {
            let i = r.unwrap();
            if i == 127 {
                for j in 0..2 {
                    spawn(async move { log!("other", "{}", j) });
                }
            }
            run = match run {
                Some((from, to)) if i == to + 1 => Some((from, i)),
                Some((from, to)) => {
                    log!("joined", "{}..={}", from, to);
                    Some((i, i))
                }
                None => Some((i, i)),
            };
        }
        let (from, to) = run.unwrap();
        log!("joined", "{}..={}", from, to);
        neighbour.await.unwrap();
    });
    task.await.unwrap();

    let mut set = JoinSet::new();
    for i in 0..140 {
        set.spawn(async move { i });
    }
    sleep(ms(1)).await;
    let mut order = Vec::new();
    let join = async {
        while let Some(r) = set.join_next().await {
            order.push(r.unwrap());
        }
    };
    traced("main", join).await;
    log!("main", "{:?}", &order[125..]);
}
