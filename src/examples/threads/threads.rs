//! Threads: why not simply a thread for everyone who waits?
//!
//! To run it: `cargo add tokio --features full`. Its arguments are how many threads and how many tasks:
//! 16 and 100000 without. Both are measured in this process, one after the other (Linux: /proc).

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// What a crowd of sleepers cost: the time it took to start them, and the memory they keep.
struct Cost {
    started: u64,
    ms: f64,
    bytes: f64,
}

/// The resident memory of this process, in bytes: its pages, of 4096 bytes each.
fn memory_now() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("this needs Linux");
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()).expect("the number of pages") * 4096.0
}

async fn measure_threads(count: u64) -> Cost {
    let asleep = Arc::new(AtomicU64::new(0));
    let bell = Arc::new(Barrier::new(count as usize + 1));
    let (memory, begin) = (memory_now(), Instant::now());
    for started in 1..=count {
        let (tally, bell) = (asleep.clone(), bell.clone());
        std::thread::spawn(move || {
            tally.fetch_add(1, SeqCst);
            bell.wait(); // The thread can do nothing else meanwhile.
        });
        while asleep.load(SeqCst) < started {
            std::thread::yield_now();
        }
    }
    let cost = Cost { started: count, ms: begin.elapsed().as_secs_f64() * 1e3, bytes: memory_now() - memory };
    bell.wait();
    cost
}

async fn sleep_in_task(asleep: Arc<AtomicU64>) {
    asleep.fetch_add(1, SeqCst);
    sleep(Duration::from_secs(3600)).await; // The thread goes on with somebody else.
}

async fn measure_tasks(count: u64) -> Cost {
    let asleep = Arc::new(AtomicU64::new(0));
    let (memory, begin) = (memory_now(), Instant::now());
    for _ in 0..count {
        tokio::spawn(sleep_in_task(asleep.clone()));
    }
    while asleep.load(SeqCst) < count {
        sleep(Duration::from_millis(1)).await;
    }
    // They are dropped with main.
    Cost { started: count, ms: begin.elapsed().as_secs_f64() * 1e3, bytes: memory_now() - memory }
}

fn tell(kind: &str, Cost { started, ms, bytes }: &Cost) -> f64 {
    let each = bytes / *started as f64;
    println!("{} {kind} took {} to start: {} each.", number(*started as f64), time(*ms), time(ms / *started as f64));
    println!("They keep {} of resident memory: {} each.", size(*bytes), size(each));
    each
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut counts = std::env::args().skip(1).map(|arg| arg.parse().expect("a number"));
    let (threads, tasks) = (counts.next().unwrap_or(16), counts.next().unwrap_or(100_000));
    println!("Starting {} threads. Each goes to sleep at once.", number(threads as f64));
    let thread = tell("threads", &measure_threads(threads).await);
    println!("Starting {} tasks. Each goes to sleep at once.", number(tasks as f64));
    let task = tell("tasks", &measure_tasks(tasks).await);
    println!("One thread keeps as much memory as {} tasks.", number(thread / task));
    println!("8 GB have room for {} threads, or {} tasks.", number(8e9 / thread), number(8e9 / task));
}

/// In three figures, with commas.
fn number(n: f64) -> String {
    let unit = 10f64.powf((n.abs().max(1.0).log10().floor() - 2.0).max(-1.0));
    let (rounded, mut text) = ((n / unit).round() * unit, String::new());
    let digits = format!("{:.0}", rounded.trunc());
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    let tenths = (rounded.fract() * 10.0).round();
    if tenths == 0.0 { text } else { format!("{text}.{tenths}") }
}

fn time(ms: f64) -> String {
    if ms < 1.0 { format!("{:.1} µs", ms * 1e3) } else { format!("{ms:.1} ms") }
}

fn size(bytes: f64) -> String {
    let (unit, name) = if bytes < 1e6 { (1.0, "bytes") } else if bytes < 1e9 { (1e6, "MB") } else { (1e9, "GB") };
    format!("{} {name}", number(bytes / unit))
}
