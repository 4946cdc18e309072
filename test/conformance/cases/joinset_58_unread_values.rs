// Pins: a member's unread value is dropped with the set, or by shutdown; a detached member's at its end
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let member = |name: &'static str, takes: u64| async move {
        sleep(ms(takes)).await;
        log!("member", "{} ends", name);
        OnDrop(name)
    };
    let mut set = JoinSet::new();
    set.spawn(member("v1", 5));
    set.spawn(member("v2", 50));
    sleep(ms(10)).await;
    drop(set);
    log!("main", "dropped the first set");

    let mut set = JoinSet::new();
    set.spawn(member("v3", 5));
    set.spawn(member("v4", 50));
    sleep(ms(10)).await;
    set.shutdown().await;
    log!("main", "shut the second down, len {}", set.len());

    set.spawn(member("v5", 5));
    set.spawn(member("v6", 20));
    sleep(ms(10)).await;
    set.detach_all();
    log!("main", "detached, len {}", set.len());
    log!("main", "none {}", set.join_next().await.is_none());
    sleep(ms(50)).await;
}
