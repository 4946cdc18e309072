// Pins: read_exact waits until the buffer is full; an end before that is an early eof
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(64);
    let reader = spawn(async move {
        let mut buf = [0u8; 4];
        let n = b.read_exact(&mut buf).await.unwrap();
        log!("reader", "{} bytes {:?}", n, std::str::from_utf8(&buf).unwrap());
        let n = b.read_exact(&mut buf[..0]).await.unwrap();
        log!("reader", "{} bytes", n);
        let error = b.read_exact(&mut buf).await.unwrap_err();
        log!("reader", "{:?}: {}", error.kind(), error);
        log!("reader", "buffer {:?}", std::str::from_utf8(&buf).unwrap());
    });
    for part in ["t", "ea", "pot"] {
        a.write_all(part.as_bytes()).await.unwrap();
        log!("writer", "{}", part);
        sleep(ms(10)).await;
    }
    drop(a);
    log!("writer", "gone");
    reader.await.unwrap();
}
