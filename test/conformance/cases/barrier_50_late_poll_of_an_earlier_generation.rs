// Pins: a wait that was released stays released, even if it is polled only when the next generation is over
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let b = Barrier::new(2);
    let mut a = Box::pin(b.wait());
    log!("main", "a ready={}", futures::poll!(a.as_mut()).is_ready());
    log!("main", "b leader={}", b.wait().await.is_leader());
    let mut c = Box::pin(b.wait());
    log!("main", "c ready={}", futures::poll!(c.as_mut()).is_ready());
    log!("main", "d leader={}", b.wait().await.is_leader());
    let mut e = Box::pin(b.wait());
    log!("main", "e ready={}", futures::poll!(e.as_mut()).is_ready());
    log!("main", "c leader={}", c.await.is_leader());
    log!("main", "a leader={}", a.await.is_leader());
    log!("main", "e ready={}", futures::poll!(e.as_mut()).is_ready());
}
