// Pins: notified at the very instant of the timeout: the older timer decides, and a notification that comes too late goes to the next
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

async fn round(n: Arc<Notify>, notifier_first: bool) {
    let waiter = |name: &'static str, limit: u64, n: Arc<Notify>| async move {
        let r = timeout(ms(limit), n.notified()).await;
        log!(name, "ok={}", r.is_ok());
    };
    let notifier = |n: Arc<Notify>| async move {
        sleep(ms(10)).await;
        log!("notifier", "notify_one");
        n.notify_one();
    };
    let mut hs = Vec::new();
    if notifier_first {
        hs.push(spawn(notifier(n.clone())));
    }
    hs.push(spawn(waiter("A", 10, n.clone())));
    hs.push(spawn(waiter("B", 20, n.clone())));
    if !notifier_first {
        hs.push(spawn(notifier(n.clone())));
    }
    for h in hs {
        h.await.unwrap();
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let n = Arc::new(Notify::new());
    log!("main", "the notifier's timer is older");
    round(n.clone(), true).await;
    log!("main", "the timeout's timer is older");
    round(n.clone(), false).await;
}
