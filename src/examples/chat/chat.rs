//! Chat: everybody hears everybody, through one channel.
//!
//! To run it: `cargo add tokio --features full`. It listens on 127.0.0.1:8081, or where its first
//! argument says; Ctrl-C says goodbye to everyone.

use std::collections::HashSet;
use std::io::Result;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

const LONGEST_LINE: usize = 1000;

#[derive(Clone)]
struct Message {
    from: String,
    text: String,
}

struct Room {
    messages: broadcast::Sender<Message>,
    names: Mutex<HashSet<String>>,
    closing: watch::Receiver<bool>,
}

/// Without what a terminal would obey instead of showing it: control characters, and marks that turn text around.
fn harmless(text: &str) -> String {
    let turns =
        |c| matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.replace('\t', " ").chars().filter(|&c| !c.is_control() && !turns(c)).collect()
}

impl Room {
    fn tell(&self, from: &str, text: String) {
        _ = self.messages.send(Message { from: from.into(), text: text + "\n" }); // Or nobody is there.
    }
}

/// Somebody who has a name, until dropped.
struct Guest {
    name: String,
    room: Arc<Room>,
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.room.names.lock().unwrap().remove(&self.name.to_lowercase());
        println!("{} has left.", self.name);
        if !*self.room.closing.borrow() {
            self.room.tell(&self.name, format!("* {} has left.", self.name));
        }
    }
}

/// Lines of a limited length.
struct Lines {
    reader: BufReader<OwnedReadHalf>,
    line: Vec<u8>,
}

impl Lines {
    /// The next line; `Some(None)` if it is no text, or too long. Nothing is lost when this is dropped:
    /// what has come of a line stays here.
    async fn next(&mut self) -> Result<Option<Option<String>>> {
        loop {
            let bytes = self.reader.fill_buf().await?;
            let (end, ended) = (bytes.iter().position(|&byte| byte == b'\n'), bytes.is_empty());
            let length = end.unwrap_or(bytes.len());
            if self.line.len() <= LONGEST_LINE {
                self.line.extend_from_slice(&bytes[..length]);
            }
            self.reader.consume(length + usize::from(end.is_some()));
            if end.is_some() || ended {
                let mut line = std::mem::take(&mut self.line);
                if ended && line.is_empty() {
                    return Ok(None);
                }
                line.truncate(line.strip_suffix(b"\r").unwrap_or(&line).len());
                return Ok(Some(String::from_utf8(line).ok().filter(|line| line.len() <= LONGEST_LINE)));
            }
        }
    }
}

async fn ask_name(lines: &mut Lines, writer: &mut OwnedWriteHalf, room: &Arc<Room>) -> Result<Option<Guest>> {
    loop {
        writer.write_all(b"What is your name? ").await?;
        let Some(answer) = lines.next().await? else { return Ok(None) };
        let name = answer.filter(|name| (1..=20).contains(&name.chars().count()));
        if let Some(name) = name.filter(|name| name.chars().all(char::is_alphanumeric)) {
            if room.names.lock().unwrap().insert(name.to_lowercase()) {
                println!("{name} has joined.");
                return Ok(Some(Guest { name, room: room.clone() }));
            }
        }
        writer.write_all(b"* Up to 20 letters and digits, please, and a name that nobody has.\n").await?;
    }
}

async fn visit(lines: &mut Lines, writer: &mut OwnedWriteHalf, room: &Arc<Room>) -> Result<()> {
    let asked = timeout(Duration::from_secs(60), ask_name(lines, writer, room)).await;
    let Some(Guest { name, .. }) = &asked.unwrap_or(Ok(None))? else { return Ok(()) };
    let mut inbox = room.messages.subscribe();
    room.tell(name, format!("* {name} has joined."));
    let people = room.names.lock().unwrap().len();
    writer.write_all(format!("* Hello {name}. People here: {people}\n").as_bytes()).await?;
    loop {
        tokio::select! {
            line = lines.next() => match line? {
                None => return Ok(()), // There will be no more lines.
                Some(None) => writer.write_all(b"* That was no text, or too long.\n").await?,
                Some(Some(line)) if line.is_empty() => {}
                Some(Some(line)) => room.tell(name, format!("{name}: {}", harmless(&line))),
            },
            message = inbox.recv() => match message {
                Ok(Message { from, .. }) if from == *name => {}
                Ok(Message { text, .. }) => writer.write_all(text.as_bytes()).await?,
                Err(RecvError::Closed) => return Ok(()),
                Err(RecvError::Lagged(missed)) => {
                    let text = format!("* You were too slow, and missed {missed} messages.\n");
                    writer.write_all(text.as_bytes()).await?;
                }
            },
        }
    }
}

async fn hang_up(mut lines: Lines, mut writer: OwnedWriteHalf) -> Result<()> {
    writer.shutdown().await?;
    // Whoever closes while something unread is in a socket may take back what it has sent.
    while lines.reader.read(&mut [0; 1024]).await? > 0 {}
    Ok(())
}

async fn serve(stream: TcpStream, room: Arc<Room>) -> Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = Lines { reader: BufReader::new(reader), line: Vec::new() };
    let mut closing = room.closing.clone();
    tokio::select! {
        visited = visit(&mut lines, &mut writer, &room) => visited?,
        _ = closing.changed() => writer.write_all(b"* Goodbye.\n").await?,
    }
    timeout(Duration::from_secs(1), hang_up(lines, writer)).await.unwrap_or(Ok(()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:8081".into());
    let listener = TcpListener::bind(address).await?;
    println!("Listening on {}", listener.local_addr()?);
    let (close, closing) = watch::channel(false);
    let room = Arc::new(Room { messages: broadcast::channel(64).0, names: Mutex::default(), closing });
    let mut tasks = JoinSet::new();
    let mut stopping = pin!(tokio::signal::ctrl_c());
    loop {
        tokio::select! {
            person = listener.accept() => {
                tasks.spawn(serve(person?.0, room.clone()));
            }
            Some(_gone) = tasks.join_next() => {}
            _ = &mut stopping => break,
        }
    }

    println!("Saying goodbye.");
    drop(listener);
    _ = close.send(true);
    let all_gone = async { while tasks.join_next().await.is_some() {} };
    if timeout(Duration::from_secs(2), all_gone).await.is_err() {
        println!("Still here, and left alone: {}", tasks.len());
    }
    Ok(())
}
