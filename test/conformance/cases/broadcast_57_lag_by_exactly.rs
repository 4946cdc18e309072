// Pins: a ring that is just full loses nothing, one more loses one; round after round the count stays right
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = broadcast::channel(4);
    let mut next = 0;
    for burst in [4, 5, 8, 9, 3, 4, 13] {
        for _ in 0..burst {
            tx.send(next).unwrap();
            next += 1;
        }
        let mut got = Vec::new();
        loop {
            match rx.try_recv() {
                Ok(v) => got.push(v.to_string()),
                Err(broadcast::error::TryRecvError::Lagged(n)) => {
                    got.push(format!("lagged({})", n))
                }
                Err(_) => break,
            }
        }
        log!("rx", "{}: {}", burst, got.join(" "));
    }
}
