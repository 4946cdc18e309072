// Pins: a cell promised to the next in line cannot be set, and waiters go on first come first when there is a value
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let c = Arc::new(OnceCell::new());
    let mut hs = Vec::new();
    for name in ["A", "B", "C", "D"] {
        let c = c.clone();
        hs.push(spawn(async move {
            let v = c
                .get_or_init(|| async move {
                    log!(name, "initialising");
                    sleep(ms(10)).await;
                    name
                })
                .await;
            log!(name, "has {}", v);
        }));
    }
    sleep(ms(5)).await;
    hs[0].abort();
    log!(
        "main",
        "aborted A, set={:?}",
        c.set("x").unwrap_err().to_string()
    );
    let _ = (&mut hs[0]).await;
    log!(
        "main",
        "A is gone, set={:?}",
        c.set("x").unwrap_err().to_string()
    );
    for h in hs.drain(1..) {
        h.await.unwrap();
    }
}
