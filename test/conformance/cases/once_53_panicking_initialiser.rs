// Pins: an initialiser that panics leaves the cell to the next in line
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    let cell = Arc::new(OnceCell::new());
    let mut hs = Vec::new();
    for name in ["A", "B", "C"] {
        let cell = cell.clone();
        hs.push(spawn(async move {
            let v = cell
                .get_or_init(|| async {
                    log!(name, "initialises");
                    sleep(ms(10)).await;
                    if name == "A" {
                        panic!("no value from {}", name);
                    }
                    name
                })
                .await;
            log!(name, "gets {}", v);
        }));
    }
    for h in hs {
        match h.await {
            Ok(()) => log!("main", "joined"),
            Err(e) => log!("main", "panic: {}", panic_text(e.into_panic())),
        }
    }
}
