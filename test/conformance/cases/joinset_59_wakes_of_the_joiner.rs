// Pins: members that end in one turn wake the joiner once; each join_next after that is ready without waiting
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, _) = broadcast::channel::<()>(1);
    let mut set = JoinSet::new();
    for name in ["A", "B", "C"] {
        let mut rx = tx.subscribe();
        set.spawn(async move {
            rx.recv().await.unwrap();
            log!(name, "ends");
            name
        });
    }
    let h = spawn(traced("joiner", async move {
        while let Some(r) = traced("join_next", set.join_next()).await {
            log!("joiner", "{}", r.unwrap());
        }
    }));
    sleep(ms(5)).await;
    tx.send(()).unwrap();
    h.await.unwrap();
}
