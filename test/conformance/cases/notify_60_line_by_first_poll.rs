// Pins: the line is in the order of the first poll, not of the call; a repeated poll keeps the place
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Arc::new(Notify::new());
    let first = n.notified();
    let second = n.notified();
    tokio::pin!(first, second);
    let _ = futures::poll!(second.as_mut());
    let _ = futures::poll!(first.as_mut());
    let _ = futures::poll!(second.as_mut());
    let _ = futures::poll!(first.as_mut());
    n.notify_one();
    log!(
        "main",
        "first ready={}",
        futures::poll!(first.as_mut()).is_ready()
    );
    log!(
        "main",
        "second ready={}",
        futures::poll!(second.as_mut()).is_ready()
    );
    n.notify_one();
    log!(
        "main",
        "first ready={}",
        futures::poll!(first.as_mut()).is_ready()
    );
}
