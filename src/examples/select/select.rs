//! Select: several futures race, the first wins, and the others are dropped where they wait.
//!
//! To run it: `cargo add tokio --features full`.

use std::time::Duration;
use tokio::select;
use tokio::time::{sleep, timeout};

const NETWORK: Duration = Duration::from_secs(3);
const CACHE: Duration = Duration::from_secs(1);
const LIMIT: Duration = Duration::from_secs(2);

async fn fetch_from_network() -> &'static str {
    sleep(NETWORK).await;
    "Data from network"
}

async fn fetch_from_cache() -> &'static str {
    sleep(CACHE).await;
    "Data from cache"
}

async fn fetch_in_time() -> &'static str {
    timeout(LIMIT, fetch_from_network()).await.unwrap_or("Network timed out")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let first = select! {
        data = fetch_in_time() => data,
        data = fetch_from_cache() => data,
    };
    println!("Result: {first}");
}
