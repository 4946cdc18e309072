// Pins: a read that times out has taken nothing, a write_all that times out has written what fitted
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut a, mut b) = tokio::io::duplex(4);
    let mut buf = [0u8; 16];
    let r = timeout(ms(10), b.read(&mut buf)).await;
    log!("main", "read elapsed {}", r.is_err());
    let r = timeout(ms(10), a.write_all(b"abcdefgh")).await;
    log!("main", "write elapsed {}", r.is_err());
    let n = b.read(&mut buf).await.unwrap();
    log!("main", "read {}", std::str::from_utf8(&buf[..n]).unwrap());
    let r = timeout(ms(10), b.read_exact(&mut buf[..4])).await;
    log!("main", "read_exact elapsed {}", r.is_err());
    a.write_all(b"12").await.unwrap();
    let r = timeout(ms(10), b.read_exact(&mut buf[..4])).await;
    log!("main", "read_exact elapsed {}", r.is_err());
    a.write_all(b"34").await.unwrap();
    let n = b.read(&mut buf).await.unwrap();
    log!("main", "read {}", std::str::from_utf8(&buf[..n]).unwrap());
}
