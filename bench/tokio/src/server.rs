//! The server of `../servers/ours.js` on Tokio. Prints its port, and its memory when it reads a line.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const RESPONSE: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!";
const END: &[u8] = b"\r\n\r\n";

async fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = [0; 1024];
    let mut seen = 0;
    loop {
        let length = stream.read(&mut buffer).await?;
        if length == 0 {
            return Ok(());
        }
        for byte in &buffer[..length] {
            seen = if *byte == END[seen] { seen + 1 } else { (*byte == END[0]) as usize };
            if seen == END.len() {
                seen = 0;
                stream.write_all(RESPONSE).await?;
            }
        }
    }
}

fn field(file: &str, index: usize) -> u64 {
    let text = std::fs::read_to_string(file).unwrap();
    text.split_whitespace().nth(index).unwrap().parse().unwrap()
}

fn main() {
    std::thread::spawn(|| {
        let mut line = String::new();
        while std::io::stdin().read_line(&mut line).unwrap_or(0) > 0 {
            let (rss, cpu) = (field("/proc/self/statm", 1) * 4096, field("/proc/self/schedstat", 0));
            println!("{{\"rss\":{rss},\"heap\":0,\"cpu\":{cpu}}}");
            line.clear();
        }
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("{{\"port\":{}}}", listener.local_addr().unwrap().port());
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(serve(stream));
        }
    });
}
