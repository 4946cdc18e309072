// Pins: a set reports values, panics and aborted members in the order in which they ended, and its length falls with each
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    let mut set = JoinSet::new();
    set.spawn(async {
        sleep(ms(20)).await;
        1
    });
    set.spawn(async {
        sleep(ms(10)).await;
        panic!("oh")
    });
    let aborted = set.spawn(async {
        sleep(ms(100)).await;
        3
    });
    set.spawn(async {
        sleep(ms(10)).await;
        4
    });
    sleep(ms(5)).await;
    aborted.abort();
    log!(
        "main",
        "len {} finished {}",
        set.len(),
        aborted.is_finished()
    );
    while let Some(r) = set.join_next().await {
        match r {
            Ok(v) => log!("main", "value {}, {} left", v, set.len()),
            Err(e) if e.is_cancelled() => log!("main", "cancelled, {} left", set.len()),
            Err(e) => log!(
                "main",
                "panic {}, {} left",
                panic_text(e.into_panic()),
                set.len()
            ),
        }
    }
    log!(
        "main",
        "empty {} finished {}",
        set.is_empty(),
        aborted.is_finished()
    );
}
