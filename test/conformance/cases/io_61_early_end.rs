// Pins: read_exact fails when the end comes too early, read gives 0 for ever; text that is cut short is still the last line
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(64);
    spawn(async move {
        a.write_all(b"12345").await.unwrap();
        sleep(ms(5)).await;
        a.write_all(b"67").await.unwrap();
        sleep(ms(5)).await;
        log!("writer", "shuts down");
        a.shutdown().await.unwrap();
    });
    let mut buf = [0u8; 6];
    let n = b.read_exact(&mut buf).await.unwrap();
    log!("main", "{} {}", n, std::str::from_utf8(&buf[..n]).unwrap());
    let e = b.read_exact(&mut buf).await.unwrap_err();
    log!("main", "{:?}: {}", e.kind(), e);
    log!(
        "main",
        "{} {}",
        b.read(&mut buf).await.unwrap(),
        b.read(&mut buf).await.unwrap()
    );

    let (mut a, b) = tokio::io::duplex(64);
    a.write_all(b"one\r\ntwo\n\nhalf").await.unwrap();
    drop(a);
    let mut lines = BufReader::new(b).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        log!("main", "{:?}", line);
    }
    log!("main", "end {}", lines.next_line().await.unwrap().is_none());
}
