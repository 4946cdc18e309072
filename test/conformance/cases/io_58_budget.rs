// Pins: a ready read or write costs one unit of the budget; writing nothing and shutdown cost none
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(1024);
    spawn(async move {
        for turn in 1..=6 {
            log!("other", "turn {}", turn);
            yield_now().await;
        }
    });
    let h = spawn(async move {
        for i in 1..=200 {
            a.write_all(b"x").await.unwrap();
            a.write_all(b"").await.unwrap();
            if i % 100 == 0 || i == 128 || i == 129 {
                log!("writer", "wrote {}", i);
            }
        }
        let mut buf = [0u8; 1];
        for i in 1..=200 {
            b.read_exact(&mut buf).await.unwrap();
            b.read_exact(&mut buf[..0]).await.unwrap();
            if i == 56 || i == 57 || i == 184 || i == 185 || i == 200 {
                log!("reader", "read {}", i);
            }
        }
        a.shutdown().await.unwrap();
        log!("reader", "{} bytes", b.read(&mut buf).await.unwrap());
    });
    h.await.unwrap();
}
