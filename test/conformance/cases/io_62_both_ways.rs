// Pins: one direction of a pipe is shut down, the other works on; write on the closed one fails
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(16);
    let h = spawn(async move {
        let mut text = String::new();
        b.read_to_string(&mut text).await.unwrap();
        log!("b", "has {:?}", text);
        b.write_all(text.to_uppercase().as_bytes()).await.unwrap();
        sleep(ms(5)).await;
        b.write_all(b"!").await.unwrap();
        log!("b", "ends");
    });
    a.write_all(b"hello").await.unwrap();
    a.shutdown().await.unwrap();
    log!("a", "write {:?}", a.write(b"x").await.map_err(|e| e.kind()));
    let mut text = String::new();
    a.read_to_string(&mut text).await.unwrap();
    log!("a", "has {:?}", text);
    h.await.unwrap();
}
