// Pins: cancelling a tree of three levels: the order in which the waiters of all levels run
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let root = CancellationToken::new();
    let a = root.child_token();
    let b = root.child_token();
    let a1 = a.child_token();
    let a2 = a.child_token();
    let b1 = b.child_token();
    let b2 = b.child_token();
    let a11 = a1.child_token();
    let mut hs = Vec::new();
    for (name, t) in [
        ("root", root.clone()),
        ("a", a),
        ("b", b),
        ("a1", a1),
        ("a2", a2),
        ("b1", b1),
        ("b2", b2),
        ("a11", a11),
        ("root again", root.clone()),
    ] {
        hs.push(spawn(async move {
            t.cancelled().await;
            log!(name, "cancelled");
        }));
    }
    sleep(ms(5)).await;
    root.cancel();
    log!("main", "cancelled the root");
    for h in hs {
        h.await.unwrap();
    }
}
