// Pins: copy stops for others when its budget is used up
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut source, mut from) = tokio::io::duplex(4 << 20);
    let (mut to, mut sink) = tokio::io::duplex(4 << 20);
    source.write_all(&vec![7u8; 8192 * 200]).await.unwrap();
    drop(source);
    let copying = spawn(async move {
        let n = tokio::io::copy(&mut from, &mut to).await.unwrap();
        log!("copy", "{} bytes", n);
    });
    let mut buf = vec![0u8; 4 << 20];
    loop {
        let n = sink.read(&mut buf).await.unwrap();
        if n == 0 {
            break;
        }
        log!("sink", "{} blocks and {} bytes", n / 8192, n % 8192);
    }
    copying.await.unwrap();
}
