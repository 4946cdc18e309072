// Pins: join_all passes a member's panic on, and aborts the members that were left
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    let h = spawn(async {
        let mut set = JoinSet::new();
        for (name, takes) in [("A", 30), ("B", 10), ("C", 20)] {
            set.spawn(async move {
                let _g = OnDrop(name);
                sleep(ms(takes)).await;
                if name == "B" {
                    panic!("panic in {}", name);
                }
                log!(name, "ends");
            });
        }
        set.join_all().await.len()
    });
    match h.await {
        Ok(n) => log!("main", "{} values", n),
        Err(e) => log!("main", "{}", panic_text(e.into_panic())),
    }
    yield_now().await;
    log!("main", "end");
}
