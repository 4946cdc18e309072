// Pins: shutdown ends one direction only: own writes fail, own reads go on
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(64);
    a.write_all(b"last words").await.unwrap();
    a.shutdown().await.unwrap();
    a.shutdown().await.unwrap();
    log!("a", "shut down twice");
    let error = a.write_all(b"more").await.unwrap_err();
    log!("a", "{:?}: {}", error.kind(), error);
    a.write_all(b"").await.unwrap();
    log!("a", "wrote nothing");
    let mut buf = [0u8; 64];
    let n = b.read(&mut buf).await.unwrap();
    log!("b", "{:?}", std::str::from_utf8(&buf[..n]).unwrap());
    log!("b", "{} bytes", b.read(&mut buf).await.unwrap());
    log!("b", "{} bytes", b.read(&mut buf).await.unwrap());
    let reading = spawn(async move {
        let mut buf = [0u8; 64];
        let n = a.read(&mut buf).await.unwrap();
        log!("a", "{:?}", std::str::from_utf8(&buf[..n]).unwrap());
        a
    });
    yield_now().await;
    b.write_all(b"reply").await.unwrap();
    log!("b", "replied");
    drop(reading.await.unwrap());
    let error = b.write_all(b"again").await.unwrap_err();
    log!("b", "{:?}: {}", error.kind(), error);
}
