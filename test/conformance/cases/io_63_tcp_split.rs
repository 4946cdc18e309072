// Pins: into_split of a TCP stream: dropping the write half says the end, the read half is still heard; reunite wants both of one socket; both dropped close it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn pair(listener: &TcpListener) -> (TcpStream, TcpStream) {
    let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    (client, listener.accept().await.unwrap().0)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (a, mut b) = pair(&listener).await;
    let (c, mut d) = pair(&listener).await;
    let mut buf = [0u8; 64];

    let (mut read, mut write) = a.into_split();
    write.write_all(b"question").await.unwrap();
    drop(write);
    let mut heard = String::new();
    b.read_to_string(&mut heard).await.unwrap();
    log!("b", "{:?}", heard);
    b.write_all(b"answer").await.unwrap();
    let n = read.read(&mut buf).await.unwrap();
    log!("a", "{:?}", std::str::from_utf8(&buf[..n]).unwrap());
    drop(read);
    log!("b", "{} bytes", b.read(&mut buf).await.unwrap());

    let (read_c, write_c) = c.into_split();
    let (e, f) = pair(&listener).await;
    let (read_e, write_e) = e.into_split();
    let error = read_c.reunite(write_e).unwrap_err();
    log!("main", "{}", error);
    let mut c = error.0.reunite(write_c).unwrap();
    c.write_all(b"whole").await.unwrap();
    let n = d.read(&mut buf).await.unwrap();
    log!("d", "{:?}", std::str::from_utf8(&buf[..n]).unwrap());
    let mut write_e = error.1;
    drop(read_e);
    let mut f = f;
    write_e.write_all(b"still written").await.unwrap();
    write_e.shutdown().await.unwrap();
    let mut heard = String::new();
    f.read_to_string(&mut heard).await.unwrap();
    log!("f", "{:?}", heard);
    drop(write_e);
    drop(c);
    log!("d", "{} bytes", d.read(&mut buf).await.unwrap());
}
