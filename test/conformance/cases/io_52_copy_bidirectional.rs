// Pins: copy_bidirectional shuts down each side when the other ends, and answers both counts
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{copy_bidirectional, AsyncReadExt, AsyncWriteExt};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut client, mut left) = tokio::io::duplex(16);
    let (mut right, mut server) = tokio::io::duplex(16);
    let proxy = spawn(async move {
        let counts = copy_bidirectional(&mut left, &mut right).await.unwrap();
        log!("proxy", "{:?}", counts);
    });
    let serving = spawn(async move {
        let mut question = String::new();
        server.read_to_string(&mut question).await.unwrap();
        log!("server", "heard {:?}", question);
        sleep(ms(5)).await;
        server.write_all(b"42").await.unwrap();
        sleep(ms(5)).await;
        server.shutdown().await.unwrap();
        log!("server", "shut down");
    });
    client.write_all(b"the question").await.unwrap();
    sleep(ms(5)).await;
    client.shutdown().await.unwrap();
    log!("client", "shut down");
    let mut answer = String::new();
    let n = client.read_to_string(&mut answer).await.unwrap();
    log!("client", "heard {} bytes {:?}", n, answer);
    proxy.await.unwrap();
    serving.await.unwrap();
}
