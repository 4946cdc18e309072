// Pins: an initialiser that is aborted or times out leaves the cell to the next in line
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let cell = Arc::new(OnceCell::new());
    let mut hs = Vec::new();
    for (name, limit) in [("A", 100), ("B", 20), ("C", 100), ("D", 100)] {
        let cell = cell.clone();
        hs.push(spawn(async move {
            let r = timeout(
                ms(limit),
                cell.get_or_init(|| async {
                    let _g = OnDrop(name);
                    log!(name, "initialises");
                    sleep(ms(30)).await;
                    name
                }),
            )
            .await;
            match r {
                Ok(v) => log!(name, "gets {}", v),
                Err(_) => log!(name, "timed out"),
            }
        }));
    }
    sleep(ms(10)).await;
    log!("main", "aborts A");
    hs[0].abort();
    for h in hs {
        let _ = h.await;
    }
    log!("main", "{}", cell.get().unwrap());
}
