//! Scraper: hundreds of slow pages. One after the other, all at once, or a few at a time?
//!
//! To run it: `cargo add tokio --features full`. Its arguments are where the pages are, how many, and
//! how many at a time: `127.0.0.1:8000 200 8`. They are called `/0/1`, `/0/2` and so on, then `/1/1`, `/2/1`.

use std::future::Future;
use std::io::{Error, ErrorKind::InvalidData};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

const TRIES: usize = 4;

#[derive(Default)]
struct Tally {
    in_flight: AtomicUsize,
    most: AtomicUsize,
    pages: AtomicUsize,
    retries: AtomicUsize,
}

/// A request that is in flight, until it is dropped: also when the timeout drops it.
struct InFlight<'a>(&'a Tally);

impl<'a> InFlight<'a> {
    fn new(tally: &'a Tally) -> Self {
        tally.most.fetch_max(tally.in_flight.fetch_add(1, SeqCst) + 1, SeqCst);
        InFlight(tally)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, SeqCst);
    }
}

async fn get(address: &str, path: &str, tally: &Tally) -> Result<String, Error> {
    let _in_flight = InFlight::new(tally);
    let mut connection = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await?;
    match answer.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.1 200 ") => Ok(body.into()),
        _ => Err(Error::new(InvalidData, "refused")),
    }
}

async fn scrape(address: String, path: String, tally: Arc<Tally>) {
    let mut pause = Duration::from_millis(50);
    for attempt in 1.. {
        if let Ok(Ok(_page)) = timeout(Duration::from_secs(1), get(&address, &path, &tally)).await {
            tally.pages.fetch_add(1, SeqCst);
            return;
        }
        if attempt == TRIES {
            return;
        }
        tally.retries.fetch_add(1, SeqCst);
        sleep(pause).await; // Haste does not help whoever is in trouble.
        pause *= 2;
    }
}

type Page = Pin<Box<dyn Future<Output = ()> + Send>>;

async fn one_after_the_other(pages: Vec<Page>) {
    for page in pages {
        tokio::spawn(page).await.expect("nobody panics");
    }
}

async fn all_at_once(pages: Vec<Page>) {
    let tasks: Vec<_> = pages.into_iter().map(tokio::spawn).collect();
    for task in tasks {
        task.await.expect("nobody panics");
    }
}

async fn in_turn(semaphore: Arc<Semaphore>, page: Page) {
    let _permit = semaphore.acquire().await.expect("it is never closed");
    page.await;
}

async fn a_few_at_a_time(pages: Vec<Page>, limit: usize) {
    let semaphore = Arc::new(Semaphore::new(limit));
    all_at_once(pages.into_iter().map(|page| Box::pin(in_turn(semaphore.clone(), page)) as Page).collect()).await;
}

/// The resident memory of this process, in MB (Linux): its pages, of 4096 bytes each.
fn memory_now() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("this needs Linux");
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()).expect("the number of pages") * 4096.0 / 1e6
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let args: Vec<String> = std::env::args().collect();
    let address = args.get(1).cloned().unwrap_or("localhost:80".into());
    let number = |n: usize, standard| args.get(n).map_or(standard, |arg| arg.parse().expect("a number"));
    let (pages, limit) = (number(2, 200), number(3, 8));
    let mut rows = vec![["", "time", "at once", "retries", "memory"].map(String::from)];
    for (way, name) in ["one after the other", "all at once", &format!("{limit} at a time")].into_iter().enumerate() {
        println!("Scraping {pages} pages, {name}.");
        let (tally, begin) = (Arc::new(Tally::default()), Instant::now());
        let page = |n| Box::pin(scrape(address.clone(), format!("/{way}/{n}"), tally.clone())) as Page;
        let all = (1..=pages).map(page).collect();
        match way {
            0 => one_after_the_other(all).await,
            1 => all_at_once(all).await,
            _ => a_few_at_a_time(all, limit).await,
        }
        let time = format!("{:.2} s", begin.elapsed().as_secs_f64());
        let lost = pages - tally.pages.load(SeqCst);
        if lost > 0 {
            println!("{lost} of them could not be had.");
        }
        let [most, retries] = [&tally.most, &tally.retries].map(|n| n.load(SeqCst).to_string());
        let memory = memory_now();
        let size = format!("{memory:.*} MB", if memory < 100.0 { 1 } else { 0 });
        rows.push([name.into(), time, most, retries, size]);
    }
    for [name, time, most, retries, size] in rows {
        println!("{name:<19}{time:>9}{most:>9}{retries:>9}{size:>9}");
    }
}
