// Pins: read_until answers up to and with the byte, then the rest, then nothing
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, b) = tokio::io::duplex(64);
    a.write_all(b"a,bc,,d").await.unwrap();
    drop(a);
    let mut reader = BufReader::with_capacity(3, b);
    for _ in 0..2 {
        let mut part = Vec::new();
        let n = reader.read_until(b',', &mut part).await.unwrap();
        log!("reader", "{} bytes {:?}", n, String::from_utf8(part).unwrap());
    }
    let mut buf = [0u8; 8];
    let n = reader.read(&mut buf[..1]).await.unwrap();
    log!("reader", "read {} bytes {:?}", n, std::str::from_utf8(&buf[..n]).unwrap());
    for _ in 0..2 {
        let mut part = Vec::new();
        let n = reader.read_until(b',', &mut part).await.unwrap();
        log!("reader", "{} bytes {:?}", n, String::from_utf8(part).unwrap());
    }
}
