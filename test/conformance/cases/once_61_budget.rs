// Pins: a value that is there costs nothing; the right to make it costs one unit, and so does having waited
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let c = OnceCell::new();
    traced("there", async {
        c.set(1).unwrap();
        for _ in 0..1000 {
            c.get_or_init(|| async { 2 }).await;
        }
    })
    .await;
    traced("makes", async {
        for i in 0..300 {
            let c = OnceCell::new();
            c.get_or_init(|| async { i }).await;
        }
    })
    .await;
}
