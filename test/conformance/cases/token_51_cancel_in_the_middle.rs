// Pins: cancelling in the middle of a tree reaches what is below and nothing else; a child made after is cancelled from the start
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
    let a11 = a1.child_token();
    let b1 = b.child_token();
    let show = || {
        let of = |t: &CancellationToken| if t.is_cancelled() { "x" } else { "-" };
        log!(
            "main",
            "root {} a {} b {} a1 {} a11 {} b1 {}",
            of(&root),
            of(&a),
            of(&b),
            of(&a1),
            of(&a11),
            of(&b1)
        );
    };
    show();
    a1.cancel();
    show();
    a.cancel();
    a.cancel();
    show();
    let late = a.child_token();
    log!(
        "main",
        "late child {} ready={}",
        late.is_cancelled(),
        late.cancelled().now_or_never().is_some()
    );
    root.cancel();
    show();
    log!(
        "main",
        "late grandchild {}",
        root.child_token().child_token().is_cancelled()
    );
}
