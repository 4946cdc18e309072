// Pins: the order of wake-ups in a deep tree
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let p = CancellationToken::new();
    let a = p.child_token();
    let a1 = a.child_token();
    let a2 = a.child_token();
    let a21 = a2.child_token();
    let a211 = a21.child_token();
    let a3 = a.child_token();
    let b = p.child_token();
    let b1 = b.child_token();
    let c = p.child_token();
    let all = [
        ("p", &p),
        ("a", &a),
        ("a1", &a1),
        ("a2", &a2),
        ("a21", &a21),
        ("a211", &a211),
        ("a3", &a3),
        ("b", &b),
        ("b1", &b1),
        ("c", &c),
    ];
    let mut hs = Vec::new();
    for (name, t) in all {
        let t = t.clone();
        hs.push(spawn(async move {
            t.cancelled().await;
            log!(name, "woken");
        }));
    }
    yield_now().await;
    b.cancel();
    sleep(ms(1)).await;
    log!("main", "cancel p");
    p.cancel();
    for h in hs {
        h.await.unwrap();
    }
}
