//! Dinner: you put the kettle on, set a timer, and chop vegetables meanwhile.
//!
//! To run it: `cargo add tokio --features full`. With `--broken` whoever chops blocks the thread.

use std::future::Future;
use std::time::Duration;
use tokio::time::{sleep, Instant};

const KETTLE: Duration = Duration::from_secs(2);
const CHOPPING: Duration = Duration::from_secs(3);

async fn boil() {
    println!("Kettle on.");
    sleep(KETTLE).await;
    println!("The kettle whistles.");
}

async fn chop(broken: bool) {
    println!("Chopping.");
    if broken {
        std::thread::sleep(CHOPPING); // Holds the thread: nothing else runs, and nobody hears the kettle.
    } else {
        sleep(CHOPPING).await;
    }
    println!("Vegetables chopped.");
}

async fn in_a_row(broken: bool) {
    boil().await;
    chop(broken).await;
}

async fn with_join(broken: bool) {
    tokio::join!(boil(), chop(broken));
}

async fn as_tasks(broken: bool) {
    for job in [tokio::spawn(boil()), tokio::spawn(chop(broken))] {
        job.await.expect("neither job panics");
    }
}

async fn timed(way: &str, dinner: impl Future<Output = ()>) {
    println!("{way}:");
    let start = Instant::now();
    dinner.await;
    println!("Dinner after {:.1} s.", start.elapsed().as_secs_f64());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let broken = std::env::args().any(|arg| arg == "--broken");
    timed("In a row", in_a_row(broken)).await;
    timed("With join", with_join(broken)).await;
    timed("As two tasks", as_tasks(broken)).await;
}
