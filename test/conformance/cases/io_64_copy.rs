// Pins: copy moves all until the end and says how much, through small pipes; the writer waits for the reader, step by step
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut source, mut source_end) = tokio::io::duplex(4);
    let (mut sink_end, mut sink) = tokio::io::duplex(3);
    let c = spawn(async move {
        let n = tokio::io::copy(&mut source_end, &mut sink_end)
            .await
            .unwrap();
        log!("copy", "{} bytes", n);
    });
    let w = spawn(async move {
        for part in ["abcd", "ef", "ghijkl"] {
            source.write_all(part.as_bytes()).await.unwrap();
            log!("writer", "wrote {}", part);
        }
    });
    let mut buf = [0u8; 8];
    loop {
        sleep(ms(10)).await;
        let n = sink.read(&mut buf).await.unwrap();
        log!("reader", "{:?}", std::str::from_utf8(&buf[..n]).unwrap());
        if n == 0 {
            break;
        }
    }
    w.await.unwrap();
    c.await.unwrap();
}
