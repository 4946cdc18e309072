// Pins: the halves of a duplex read and write in two tasks; shutdown through one half leaves the other
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (a, mut b) = tokio::io::duplex(4);
    let (mut reader, mut writer) = tokio::io::split(a);
    let reading = spawn(async move {
        let mut text = String::new();
        reader.read_to_string(&mut text).await.unwrap();
        log!("reader", "{:?}", text);
        reader
    });
    let writing = spawn(async move {
        for part in ["abc", "def"] {
            writer.write_all(part.as_bytes()).await.unwrap();
            log!("writer", "wrote {}", part);
        }
        writer.shutdown().await.unwrap();
        log!("writer", "shut down");
        writer
    });
    sleep(ms(10)).await;
    let mut text = String::new();
    b.read_to_string(&mut text).await.unwrap();
    log!("peer", "{:?}", text);
    b.write_all(b"answer").await.unwrap();
    log!("peer", "wrote answer");
    drop(b);
    let mut whole = reading.await.unwrap().unsplit(writing.await.unwrap());
    log!("main", "{:?}", whole.write_all(b"x").await.unwrap_err().to_string());
    log!("main", "{} bytes", whole.read(&mut [0u8; 4]).await.unwrap());
}
