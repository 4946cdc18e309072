//! The works on Tokio's `current_thread` runtime: `works <work> <size> <times> [warm size]`.
//!
//! Prints what `../measure.js` prints for the others: one line of JSON.

use std::alloc::{GlobalAlloc, Layout, System};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Instant;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, Mutex};
use tokio::task::yield_now;
use tokio::time::{sleep, Duration};

/// What is alive on the heap, as the JavaScript heap is weighed. There is one thread, so a plain load and
/// store will do: it costs Tokio nothing that could be measured.
static HEAP: AtomicUsize = AtomicUsize::new(0);

struct Counting;

// Safety: everything is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HEAP.store(HEAP.load(Ordering::Relaxed) + layout.size(), Ordering::Relaxed);
        System.alloc(layout)
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HEAP.store(HEAP.load(Ordering::Relaxed).wrapping_sub(layout.size()), Ordering::Relaxed);
        System.dealloc(at, layout)
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[derive(Clone, Copy)]
struct Stamp {
    wall: Instant,
    cpu: u128,
    waited: u128,
}

/// On the processor, and ready but kept waiting, both in ns.
fn stamp() -> Stamp {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let mut fields = text.split_whitespace().map(|field| field.parse().unwrap_or(0));
    let (cpu, waited) = (fields.next().unwrap_or(0), fields.next().unwrap_or(0));
    Stamp { wall: Instant::now(), cpu, waited }
}

fn rss() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split_whitespace().nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4096
}

struct Meter {
    from: Stamp,
    to: Option<Stamp>,
    before: (usize, usize),
    bytes: Option<(usize, usize)>,
}

impl Meter {
    fn new() -> Self {
        Meter { from: stamp(), to: None, before: (0, 0), bytes: None }
    }
    fn start(&mut self) {
        self.from = stamp();
    }
    fn stop(&mut self) {
        self.to = Some(stamp());
    }
    fn empty(&mut self) {
        self.before = (HEAP.load(Ordering::Relaxed), rss());
    }
    fn full(&mut self) {
        self.bytes = Some((HEAP.load(Ordering::Relaxed) - self.before.0, rss() - self.before.1));
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn yields(count: u64) -> u64 {
    for _ in 0..count {
        yield_now().await;
    }
    count
}

async fn switches(n: u64) -> u64 {
    let a = tokio::spawn(yields(n / 2));
    let b = tokio::spawn(yields(n / 2));
    a.await.unwrap() + b.await.unwrap()
}

async fn answer(i: u64) -> u64 {
    i
}

async fn spawns(n: u64) -> u64 {
    let mut handles = Vec::new();
    for i in 0..n {
        handles.push(tokio::spawn(answer(i)));
    }
    let mut sum = 0;
    for handle in handles {
        sum += handle.await.unwrap();
    }
    sum
}

async fn messages(n: u64) -> u64 {
    let (tx, mut rx) = mpsc::channel(32);
    tokio::spawn(async move {
        for i in 0..n {
            tx.send(i).await.unwrap();
        }
    });
    let mut sum = 0;
    while let Some(value) = rx.recv().await {
        sum += value;
    }
    sum
}

async fn channels(n: u64) -> u64 {
    let mut ends = Vec::new();
    for _ in 0..n {
        ends.push(mpsc::channel(1));
    }
    let mut sum = 0;
    for (i, (tx, _)) in ends.iter().enumerate() {
        tx.send(i as u64).await.unwrap();
    }
    for (_, rx) in ends.iter_mut() {
        sum += rx.recv().await.unwrap();
    }
    sum
}

async fn line(n: u64) -> u64 {
    let mutex = Arc::new(Mutex::new(0));
    let held = mutex.lock().await;
    let mut handles = Vec::new();
    for _ in 0..n {
        let mutex = mutex.clone();
        handles.push(tokio::spawn(async move {
            let mut guard = mutex.lock().await;
            *guard += 1;
        }));
    }
    yield_now().await;
    drop(held);
    for handle in handles {
        handle.await.unwrap();
    }
    let sum = *mutex.lock().await;
    sum
}

async fn nap(duration: Duration, count: Arc<AtomicUsize>) {
    count.fetch_add(1, Ordering::Relaxed);
    sleep(duration).await;
}

async fn sleepers(n: u64) -> u64 {
    let count = Arc::new(AtomicUsize::new(0));
    let mut handles = Vec::new();
    for _ in 0..n {
        handles.push(tokio::spawn(nap(Duration::from_secs(2), count.clone())));
    }
    for handle in handles {
        handle.await.unwrap();
    }
    count.load(Ordering::Relaxed) as u64
}

async fn asleep(n: u64, meter: &mut Meter) -> u64 {
    let count = Arc::new(AtomicUsize::new(0));
    meter.empty();
    for _ in 0..n {
        tokio::spawn(nap(Duration::from_secs(600), count.clone()));
    }
    while count.load(Ordering::Relaxed) < n as usize {
        yield_now().await;
    }
    meter.full();
    n
}

fn nest(depth: u64, times: u64) -> Pin<Box<dyn Future<Output = u64> + Send>> {
    Box::pin(async move {
        if depth == 1 {
            yields(times).await
        } else {
            nest(depth - 1, times).await
        }
    })
}

async fn arm_and_cancel(n: u64, meter: &mut Meter, only_arm: bool) -> u64 {
    if only_arm {
        meter.start();
    }
    let mut sleeps = Vec::with_capacity(n as usize);
    for i in 0..n {
        let mut one = Box::pin(sleep(Duration::from_millis(60_000 + (i * 7919) % 100_000)));
        std::future::poll_fn(|cx| {
            assert!(one.as_mut().poll(cx).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
        sleeps.push(Some(one));
    }
    if only_arm {
        meter.stop();
    }
    for i in 0..n {
        sleeps[(if n & 1 == 1 { i } else { (i * 7) % n }) as usize] = None;
    }
    drop(sleeps);
    n
}

/// As many as `resumes` in `../works.js` says.
fn resumes(depth: u64) -> u64 {
    (1_000_000 / depth).max(5000)
}

fn run(work: &str, n: u64, meter: &mut Meter) -> u64 {
    let runtime = runtime();
    match work {
        "switch" => runtime.block_on(switches(n)),
        "spawn" => runtime.block_on(spawns(n)),
        "mpsc" => runtime.block_on(messages(n)),
        "channels" => runtime.block_on(channels(n)),
        "mutex" => runtime.block_on(line(n)),
        "sleepers" => runtime.block_on(sleepers(n)),
        "asleep" => runtime.block_on(asleep(n, meter)),
        "depth" => runtime.block_on(async { tokio::spawn(nest(n, resumes(n))).await.unwrap() }),
        "cancel" => runtime.block_on(arm_and_cancel(n, meter, false)),
        "arm" => runtime.block_on(arm_and_cancel(n, meter, true)),
        _ => {
            eprintln!("works: no work is called {work}");
            std::process::exit(2)
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |i: usize| arguments[i].parse().unwrap();
    let (work, n, times) = (arguments[1].as_str(), number(2), number(3));
    let warm = number(4);
    if warm > 0 {
        run(work, warm, &mut Meter::new());
    }

    let mut meter = Meter::new();
    let mut checksum = 0;
    for _ in 0..times {
        checksum = run(work, n, &mut meter);
    }
    let (from, to) = (meter.from, meter.to.unwrap_or_else(stamp));
    let (heap, rss) = meter.bytes.unwrap_or((0, 0));
    println!(
        "{{\"checksum\":{checksum},\"times\":{times},\"wall\":{},\"cpu\":{},\"waited\":{},\"heap\":{heap},\"rss\":{rss}}}",
        to.wall.duration_since(from.wall).as_nanos(),
        to.cpu - from.cpu,
        to.waited - from.waited,
    );
}
