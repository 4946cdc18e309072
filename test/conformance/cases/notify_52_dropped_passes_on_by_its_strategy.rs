// Pins: a notification that nobody took passes on as it came: from notify_last to the last waiter, from notify_one to the first
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

async fn ready(name: &str, f: &mut Pin<Box<tokio::sync::futures::Notified<'_>>>) {
    log!(
        "main",
        "{} ready={}",
        name,
        futures::poll!(f.as_mut()).is_ready()
    );
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Notify::new();
    let mut a = Box::pin(n.notified());
    let mut b = Box::pin(n.notified());
    let mut c = Box::pin(n.notified());
    let mut d = Box::pin(n.notified());
    for f in [&mut a, &mut b, &mut c, &mut d] {
        f.as_mut().enable();
    }
    n.notify_last();
    drop(d);
    log!("main", "d dropped");
    ready("a", &mut a).await;
    ready("b", &mut b).await;
    ready("c", &mut c).await;
    n.notify_one();
    drop(a);
    log!("main", "a dropped");
    ready("b", &mut b).await;
    n.notify_last();
    log!("main", "stored={}", n.notified().now_or_never().is_some());
}
