// Pins: enable() takes a stored permit and says so; the permit is gone even if the future is then dropped unpolled
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Notify::new();
    let mut a = Box::pin(n.notified());
    log!("main", "enable without permit {}", a.as_mut().enable());
    log!("main", "enable again {}", a.as_mut().enable());
    n.notify_one();
    log!("main", "enable after notify_one {}", a.as_mut().enable());
    log!("main", "a ready={}", a.as_mut().now_or_never().is_some());

    n.notify_one();
    let mut b = Box::pin(n.notified());
    log!("main", "enable with permit {}", b.as_mut().enable());
    let mut c = Box::pin(n.notified());
    log!("main", "c enable {}", c.as_mut().enable());
    drop(b);
    log!(
        "main",
        "b dropped, c ready={}",
        futures::poll!(c.as_mut()).is_ready()
    );
    n.notify_one();
    drop(c);
    log!(
        "main",
        "c dropped, stored={}",
        n.notified().now_or_never().is_some()
    );
}
