// Pins: both parties of a barrier in one task: the second is the leader, and the first goes on without another wake
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let b = Barrier::new(2);
    let (x, y) = join!(traced("x", b.wait()), traced("y", b.wait()));
    log!("main", "leaders {} {}", x.is_leader(), y.is_leader());
    let x = b.wait();
    let y = b.wait();
    let r = timeout(ms(5), y).await;
    log!("main", "elapsed {}", r.is_err());
    log!("main", "leader {}", x.await.is_leader());
}
