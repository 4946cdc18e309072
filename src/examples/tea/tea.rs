//! Tea: an async function is a recipe card. Somebody has to cook it.
//!
//! To run it: `cargo add tokio --features full`.

use std::time::Duration;
use tokio::time::sleep;

async fn make_tea(boil: Duration) {
    println!("Putting the kettle on.");
    sleep(boil).await;
    println!("Water boiled. Making tea.");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let recipe = make_tea(Duration::from_secs(2)); // Nothing has happened yet: futures are lazy.
    recipe.await;
}
