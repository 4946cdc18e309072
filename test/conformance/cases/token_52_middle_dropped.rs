// Pins: a token dropped in the middle of a tree leaves its children to its parent: they come behind its other children, and in their own order
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
    let c = root.child_token();
    let mut hs = Vec::new();
    for (name, t) in [
        ("a1", a.child_token()),
        ("a2", a.child_token()),
        ("b1", b.child_token()),
        ("b2", b.child_token()),
        ("c", c.clone()),
    ] {
        hs.push(spawn(async move {
            t.cancelled().await;
            log!(name, "cancelled");
        }));
    }
    drop(a);
    drop(c);
    sleep(ms(5)).await;
    log!("main", "b is cancelled first");
    b.cancel();
    drop(b);
    sleep(ms(5)).await;
    log!("main", "then the root");
    root.cancel();
    for h in hs {
        h.await.unwrap();
    }
}
