// Pins: a wait that was made but not polled is no arrival
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let b = Barrier::new(2);
    let early = b.wait();
    let mut a = Box::pin(b.wait());
    log!("main", "a ready={}", futures::poll!(a.as_mut()).is_ready());
    drop(early);
    log!("main", "a ready={}", futures::poll!(a.as_mut()).is_ready());
    let (first, second) = futures::join!(a, b.wait());
    log!(
        "main",
        "leaders {} {}",
        first.is_leader(),
        second.is_leader()
    );
}
