//! Server: one thread, one task for each visitor.
//!
//! To run it: `cargo add tokio --features full`. It listens on 127.0.0.1:8080, or where its first
//! argument says; Ctrl-C closes the door.

use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;

const GREETING: &str = "Hello from a single thread!\n";

async fn answer(connection: &mut TcpStream) -> std::io::Result<()> {
    let mut buffer = [0; 1024];
    let length = connection.read(&mut buffer).await?;
    if length == 0 {
        return Ok(()); // The visitor left without a word.
    }

    let text = String::from_utf8_lossy(&buffer[..length]);
    println!("Received request: {}", text.split("\r\n").next().unwrap_or_default());
    let response = [
        "HTTP/1.1 200 OK",
        "Content-Type: text/plain; charset=utf-8",
        &format!("Content-Length: {}", GREETING.len()),
        "Connection: close",
        "",
        GREETING,
    ];
    connection.write_all(response.join("\r\n").as_bytes()).await?;
    connection.shutdown().await
}

async fn serve(mut connection: TcpStream, served: Arc<AtomicU32>, _open: mpsc::Sender<()>) {
    match answer(&mut connection).await {
        Ok(()) => _ = served.fetch_add(1, Relaxed),
        Err(error) => println!("Lost a visitor: {error}"),
    }
    // `_open` is dropped here, and tells main that this connection is done.
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:8080".into());
    let listener = TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);

    let (open, mut all_closed) = mpsc::channel(1);
    let mut stopping = pin!(tokio::signal::ctrl_c());
    let served = Arc::new(AtomicU32::new(0));
    loop {
        tokio::select! {
            visitor = listener.accept() => {
                let (stream, _) = visitor?;
                tokio::spawn(serve(stream, served.clone(), open.clone()));
            }
            _ = &mut stopping => break,
        }
    }

    println!("Closing the door.");
    drop(listener);
    drop(open);
    // Answers when the last task has dropped its sender.
    if timeout(Duration::from_secs(2), all_closed.recv()).await.is_err() {
        println!("Some visitors have not finished. Closing anyway.");
    }
    println!("Visitors served: {}", served.load(Relaxed));
    Ok(())
}
