//! Channel: tasks that talk.
//!
//! To run it: `cargo add tokio --features full`.

use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

const MESSAGES: u32 = 5;
const CAPACITY: usize = 32;
const EVERY: Duration = Duration::from_secs(1);
const CONSUME: Duration = Duration::ZERO;

async fn produce(tx: mpsc::Sender<String>) {
    for n in 1..=MESSAGES {
        tx.send(format!("Message {n}")).await.expect("main receives until the end");
        sleep(EVERY).await;
    }
    // The sender is dropped here: the last one to go closes the channel.
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(CAPACITY);
    tokio::spawn(produce(tx));

    while let Some(message) = rx.recv().await {
        println!("Received: {message}");
        sleep(CONSUME).await;
    }
    println!("All messages received.");
}
