//! Recipe: a future is a recipe card. Somebody has to cook it, step by step.
//!
//! To run it: `cargo add tokio --features full`.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use tokio::select;
use tokio::sync::Notify;
use tokio::time::sleep;

const SIMMER: Duration = Duration::from_secs(1);
const GUESTS: Duration = Duration::from_millis(1500);

/// What `finally` does elsewhere: runs when the future ends, or is dropped while it waits.
struct Stove;

impl Drop for Stove {
    fn drop(&mut self) {
        println!("Stove off.");
    }
}

async fn soup() -> &'static str {
    println!("Stove on.");
    let _stove = Stove;
    sleep(SIMMER).await;
    println!("A pinch of salt.");
    sleep(SIMMER).await;
    "soup"
}

/// Rings when it is worth looking into the pot again.
struct Bell {
    rings: Notify,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rings.notify_one();
    }
}

/// An executor for one future: poll it, wait for its waker, poll it again.
async fn chef(card: impl Future<Output = &'static str>) -> &'static str {
    let mut card = pin!(card);
    let bell = Arc::new(Bell { rings: Notify::new() });
    let waker = Waker::from(bell.clone());
    let mut looks = 0;
    loop {
        looks += 1;
        if let Poll::Ready(dish) = card.as_mut().poll(&mut Context::from_waker(&waker)) {
            println!("Look {looks}: ready.");
            return dish;
        }
        println!("Look {looks}: pending.");
        bell.rings.notified().await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let card = soup();
    println!("The card is written, and the stove is cold.");
    println!("Awaited: {}.", card.await);

    select! {
        dish = soup() => println!("In time: {dish}."),
        () = sleep(GUESTS) => println!("The guests call it off."),
    }

    println!("By hand: {}.", chef(soup()).await);
}
