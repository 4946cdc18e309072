// Pins: 300 ready reads and writes of a pipe, and lines of a buffered reader: how many polls of the task they take
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

async fn polls(name: &'static str, f: impl Future<Output = ()>) {
    let mut f = Box::pin(f);
    let mut n = 0;
    yield_now().await;
    futures::future::poll_fn(|cx| {
        n += 1;
        f.as_mut().poll(cx)
    })
    .await;
    log!(name, "{} polls", n);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(4096);
    polls("write", async {
        for _ in 0..300 {
            a.write_all(b"x").await.unwrap();
        }
    })
    .await;
    polls("read", async {
        let mut buf = [0u8; 1];
        for _ in 0..300 {
            b.read_exact(&mut buf).await.unwrap();
        }
    })
    .await;
    a.write_all("line\n".repeat(300).as_bytes()).await.unwrap();
    let mut lines = BufReader::new(b).lines();
    polls("lines", async {
        for _ in 0..300 {
            lines.next_line().await.unwrap();
        }
    })
    .await;
    drop(a);
    polls("read at the end", async {
        for _ in 0..300 {
            lines.next_line().await.unwrap();
        }
    })
    .await;
}
