// Pins: a barrier of none or of one never waits: everybody is the leader
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    for n in [0, 1] {
        let b = Barrier::new(n);
        for _ in 0..2 {
            log!(
                "main",
                "of {}: leader={}",
                n,
                b.wait().now_or_never().unwrap().is_leader()
            );
        }
    }
}
