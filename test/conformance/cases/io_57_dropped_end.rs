// Pins: dropping an end: the other reads what is left and then the end; its writes, also the waiting one, fail
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(4);
    a.write_all(b"left").await.unwrap();
    let (waiting, mut hears) = tokio::io::duplex(4);
    let stuck = spawn(async move {
        let error = b.write_all(b"too much").await.unwrap_err();
        log!("b", "{:?}: {}", error.kind(), error);
        let mut buf = [0u8; 3];
        for _ in 0..3 {
            let n = b.read(&mut buf).await.unwrap();
            log!("b", "{:?}", std::str::from_utf8(&buf[..n]).unwrap());
        }
    });
    let reading = spawn(async move {
        let n = hears.read(&mut [0u8; 4]).await.unwrap();
        log!("hears", "{} bytes", n);
    });
    yield_now().await;
    sleep(ms(10)).await;
    log!("main", "drops both");
    drop(a);
    drop(waiting);
    log!("main", "dropped");
    stuck.await.unwrap();
    reading.await.unwrap();
}
