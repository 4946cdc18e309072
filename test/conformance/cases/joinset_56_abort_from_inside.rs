// Pins: a member aborts its siblings, one that waits and one that is queued, and itself
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = JoinSet::new();
    let waiting = set.spawn(traced("waiting", async {
        sleep(secs(100)).await;
        "waiting"
    }));
    yield_now().await;
    let (tx, rx) = oneshot::channel::<AbortHandle>();
    let (tx2, rx2) = oneshot::channel::<AbortHandle>();
    let me = set.spawn(traced("me", async move {
        let queued = rx.await.unwrap();
        let me = rx2.await.unwrap();
        waiting.abort();
        queued.abort();
        me.abort();
        log!("me", "aborted all three");
        "me"
    }));
    let queued = set.spawn(traced("queued", async { "queued" }));
    tx.send(queued).unwrap();
    tx2.send(me).unwrap();
    while let Some(r) = set.join_next().await {
        match r {
            Ok(name) => log!("main", "{} ended", name),
            Err(e) => log!("main", "cancelled={}", e.is_cancelled()),
        }
    }
}
