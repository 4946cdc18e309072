// Pins: who is polled, how often: write_all writes what fits and waits, a read wakes it, a write wakes the reader
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(3);
    let writing = spawn(traced("writer", async move {
        a.write_all(b"abcdefgh").await.unwrap();
        log!("writer", "done");
        a
    }));
    let reading = spawn(traced("reader", async move {
        let mut buf = [0u8; 2];
        loop {
            let n = b.read(&mut buf).await.unwrap();
            if n == 0 {
                break;
            }
            log!("reader", "{:?}", std::str::from_utf8(&buf[..n]).unwrap());
        }
    }));
    drop(writing.await.unwrap());
    log!("main", "dropped");
    reading.await.unwrap();
}
