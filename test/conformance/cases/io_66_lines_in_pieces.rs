// Pins: lines that come in pieces; a next_line given up by a select has lost nothing, and a read_until ends at its byte or at the end
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, b) = tokio::io::duplex(64);
    spawn(async move {
        for part in ["fir", "st\nsec", "ond\nthi", "rd"] {
            a.write_all(part.as_bytes()).await.unwrap();
            log!("writer", "{:?}", part);
            sleep(ms(10)).await;
        }
    });
    let mut lines = BufReader::new(b).lines();
    loop {
        select! {
            biased;
            line = lines.next_line() => match line.unwrap() {
                Some(line) => log!("main", "line {:?}", line),
                None => break,
            },
            _ = sleep(ms(7)) => log!("main", "tick"),
        }
    }
    let (mut a, b) = tokio::io::duplex(64);
    a.write_all(b"a;b;;c").await.unwrap();
    drop(a);
    let mut b = BufReader::new(b);
    loop {
        let mut part = Vec::new();
        let n = b.read_until(b';', &mut part).await.unwrap();
        log!("main", "{} {:?}", n, std::str::from_utf8(&part).unwrap());
        if n == 0 {
            break;
        }
    }
}
