// Pins: a join_next that loses a select loses no result, and several that ended meanwhile are there one by one without waiting
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = JoinSet::new();
    for (name, takes) in [("A", 12), ("B", 12), ("C", 25), ("D", 8)] {
        set.spawn(async move {
            sleep(ms(takes)).await;
            name
        });
    }
    loop {
        select! {
            biased;
            _ = sleep(ms(10)) => log!("main", "tick"),
            r = set.join_next() => match r {
                Some(r) => log!("main", "{}", r.unwrap()),
                None => break,
            },
        }
    }
    set.spawn(async { "late" });
    let mut next = Box::pin(set.join_next());
    log!("main", "ready={}", futures::poll!(next.as_mut()).is_ready());
    drop(next);
    sleep(ms(5)).await;
    log!(
        "main",
        "{}",
        set.join_next().now_or_never().unwrap().unwrap().unwrap()
    );
}
