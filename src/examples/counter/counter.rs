//! Counter: ten tasks share one number.
//!
//! To run it: `cargo add tokio --features full`. With `--no-lock` additions are lost: Rust lets nobody
//! share a plain number without a lock, but an atomic one that is read and written apart will do.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::Arc;
use tokio::sync::Mutex;
use tokio::task::yield_now;

const TASKS: u32 = 10;

async fn add_one_locked(counter: Arc<Mutex<u32>>) {
    let mut guard = counter.lock().await;
    let before = *guard;
    yield_now().await; // Anybody may run here.
    *guard = before + 1;
}

async fn add_one(counter: Arc<AtomicU32>) {
    let before = counter.load(Relaxed);
    yield_now().await;
    counter.store(before + 1, Relaxed);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let lock = !std::env::args().any(|arg| arg == "--no-lock");
    let mutex = Arc::new(Mutex::new(0));
    let unguarded = Arc::new(AtomicU32::new(0));

    let mut adders = Vec::new();
    for _ in 0..TASKS {
        adders.push(if lock {
            tokio::spawn(add_one_locked(mutex.clone()))
        } else {
            tokio::spawn(add_one(unguarded.clone()))
        });
    }
    for adder in adders {
        adder.await.expect("nobody panics");
    }

    let total = if lock { *mutex.lock().await } else { unguarded.load(Relaxed) };
    println!("Final count: {total}");
}
