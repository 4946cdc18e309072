// Pins: copy_bidirectional passes both ways, hands each end on as it comes, and counts both directions
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut client, mut left) = tokio::io::duplex(16);
    let (mut right, mut server) = tokio::io::duplex(16);
    let p = spawn(async move {
        let (up, down) = tokio::io::copy_bidirectional(&mut left, &mut right)
            .await
            .unwrap();
        log!("proxy", "{} up {} down", up, down);
    });
    let s = spawn(async move {
        let mut text = String::new();
        server.read_to_string(&mut text).await.unwrap();
        log!("server", "has {:?}", text);
        sleep(ms(5)).await;
        server.write_all(b"answer").await.unwrap();
        sleep(ms(5)).await;
        log!("server", "ends");
    });
    client.write_all(b"question").await.unwrap();
    sleep(ms(5)).await;
    log!("client", "shuts down");
    client.shutdown().await.unwrap();
    let mut buf = [0u8; 16];
    loop {
        let n = client.read(&mut buf).await.unwrap();
        log!(
            "client",
            "has {:?}",
            std::str::from_utf8(&buf[..n]).unwrap()
        );
        if n == 0 {
            break;
        }
    }
    s.await.unwrap();
    p.await.unwrap();
}
