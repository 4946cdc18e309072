// Pins: copy answers the number of bytes, keeps reading ahead up to 8 KiB while the writer waits, and does not shut the writer down
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut source, mut from) = tokio::io::duplex(8);
    let (mut to, mut sink) = tokio::io::duplex(4);
    let copying = spawn(async move {
        let n = tokio::io::copy(&mut from, &mut to).await.unwrap();
        log!("copy", "{} bytes", n);
        to.write_all(b"!").await.unwrap();
        log!("copy", "the writer is still open");
    });
    let writing = spawn(async move {
        for part in ["abcdefgh", "ijklmnop", "qrstuvwx"] {
            source.write_all(part.as_bytes()).await.unwrap();
            log!("source", "wrote {}", part);
        }
    });
    let mut buf = [0u8; 8];
    loop {
        sleep(ms(10)).await;
        let n = sink.read(&mut buf).await.unwrap();
        if n == 0 {
            break;
        }
        log!("sink", "{:?}", std::str::from_utf8(&buf[..n]).unwrap());
    }
    log!("sink", "eof");
    copying.await.unwrap();
    writing.await.unwrap();
}
