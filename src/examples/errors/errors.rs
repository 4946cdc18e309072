//! Errors: an error goes up through the awaits, and leaves one function after the other.
//!
//! To run it: `cargo add tokio --features full`.

use std::fmt::Display;
use std::time::Duration;
use tokio::time::{sleep, timeout};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

const SHOP: Duration = Duration::from_secs(1);
const TOAST: Duration = Duration::from_secs(2);
const LIMIT: Duration = Duration::from_millis(500);

/// Says so when its block is left, however that happens.
struct Leaving(&'static str);

impl Drop for Leaving {
    fn drop(&mut self) {
        println!("Leaving {}.", self.0);
    }
}

async fn fetch_milk() -> Result<String> {
    let _leaving = Leaving("fetchMilk");
    sleep(SHOP).await;
    Err("the shop is closed".into())
}

async fn make_tea() -> Result<String> {
    let _leaving = Leaving("makeTea");
    let milk = fetch_milk().await?; // No value, no next line.
    Ok(format!("tea with {milk}"))
}

async fn make_toast() -> Result<String> {
    let _leaving = Leaving("makeToast");
    sleep(TOAST).await;
    Ok("toast".into())
}

async fn chat() {
    sleep(2 * SHOP).await;
    println!("The guest has heard of nothing.");
}

fn tell<E: Display>(outcome: std::result::Result<String, E>) {
    match outcome {
        Ok(dish) => println!("Served: {dish}."),
        Err(error) => println!("Caught: {error}."),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("Through awaits:");
    tell(make_tea().await);

    println!("In a task:");
    let tea = tokio::spawn(make_tea());
    let guest = tokio::spawn(chat());
    // An error that a task returns is a value. Only a panic would be a JoinError.
    tell(tea.await.expect("the tea does not panic"));
    guest.await.expect("the guest does not panic");

    println!("Under a timeout:");
    match timeout(LIMIT, make_tea()).await {
        Ok(outcome) => tell(outcome),
        Err(elapsed) => tell(Err(elapsed)),
    }

    println!("Beside toast:");
    let both = tokio::try_join!(make_tea(), make_toast());
    tell(both.map(|(tea, toast)| format!("{tea} and {toast}")));
}
