// Pins: lines across chunk borders, in UTF-8 and CRLF; a line that is no UTF-8 is an error, and the next one follows
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, b) = tokio::io::duplex(64);
    let h = spawn(async move {
        let mut lines = BufReader::with_capacity(5, b).lines();
        loop {
            match lines.next_line().await {
                Ok(Some(line)) => log!("reader", "{:?}", line),
                Ok(None) => break,
                Err(error) => log!("reader", "{:?}: {}", error.kind(), error),
            }
        }
        log!("reader", "eof");
        log!("reader", "{:?}", lines.next_line().await.unwrap());
    });
    let parts: [&[u8]; 9] = [
        b"tea \xe2\x98", b"\x95 for two\r", b"\n\r\r\n", b"bad \xff line", b"\nhalf \xe2\n", b"\xef\xbb\xbfbom\n",
        b"long line without end", b"\n\n", b"rest\r",
    ];
    for part in parts {
        a.write_all(part).await.unwrap();
        log!("writer", "{} bytes", part.len());
        sleep(ms(10)).await;
    }
    drop(a);
    h.await.unwrap();
}
