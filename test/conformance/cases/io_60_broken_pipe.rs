// Pins: writing to a pipe whose other end is gone fails; what was written before it went is lost with it, what it wrote can still be read
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(8);
    b.write_all(b"bye").await.unwrap();
    a.write_all(b"lost").await.unwrap();
    let w = spawn(async move {
        let r = a.write_all(b"too much for it").await;
        log!("writer", "{:?}", r.map_err(|e| e.kind()));
        let mut text = String::new();
        log!(
            "writer",
            "read {:?}",
            a.read_to_string(&mut text).await.unwrap()
        );
        log!("writer", "{}", text);
        log!("writer", "{:?}", a.write(b"x").await.map_err(|e| e.kind()));
    });
    sleep(ms(5)).await;
    log!("main", "drops its end");
    drop(b);
    w.await.unwrap();
}
