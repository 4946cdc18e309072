// Pins: next_line is cancel safe: a line that was half read when a select was lost comes whole
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, b) = tokio::io::duplex(64);
    let writing = spawn(async move {
        for part in ["on", "e\nt", "w", "o\n"] {
            a.write_all(part.as_bytes()).await.unwrap();
            sleep(ms(7)).await;
        }
    });
    let mut lines = BufReader::new(b).lines();
    let mut ticks = 0;
    loop {
        tokio::select! {
            biased;
            line = lines.next_line() => match line.unwrap() {
                Some(line) => log!("main", "{:?}", line),
                None => break,
            },
            _ = sleep(ms(5)) => ticks += 1,
        }
    }
    log!("main", "eof after {} ticks", ticks);
    writing.await.unwrap();
}
