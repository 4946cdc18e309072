// Pins: an initialiser that fails leaves the cell empty; the next in line runs its own, with the ones behind it still waiting
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let cell = Arc::new(OnceCell::new());
    let mut hs = Vec::new();
    for (name, takes, ok) in [
        ("A", 10, false),
        ("B", 10, false),
        ("C", 10, true),
        ("D", 1, true),
    ] {
        let cell = cell.clone();
        hs.push(spawn(async move {
            let r = cell
                .get_or_try_init(|| async {
                    log!(name, "initialises");
                    sleep(ms(takes)).await;
                    if ok {
                        Ok(name)
                    } else {
                        Err(name)
                    }
                })
                .await;
            match r {
                Ok(v) => log!(name, "gets {}", v),
                Err(e) => log!(name, "fails with {}", e),
            }
            log!(name, "initialized={}", cell.initialized());
        }));
    }
    for h in hs {
        h.await.unwrap();
    }
}
