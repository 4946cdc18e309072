// Pins: an acquire that is served costs one unit, also when it is refused; one that waits costs nothing
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(1));
    spawn(traced("served", {
        let s = s.clone();
        async move {
            for _ in 0..300 {
                drop(s.acquire().await.unwrap());
            }
        }
    }))
    .await
    .unwrap();
    s.close();
    spawn(traced("refused", async move {
        for _ in 0..300 {
            assert!(s.acquire().await.is_err());
        }
    }))
    .await
    .unwrap();
}
