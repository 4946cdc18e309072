// Pins: waits that are aborted still count: the next arrival finds the barrier full, and the generation after starts from none
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let b = Arc::new(Barrier::new(3));
    let arrive = |name: &'static str, b: Arc<Barrier>| {
        spawn(traced(name, async move {
            let r = b.wait().await;
            log!(name, "leader={}", r.is_leader());
        }))
    };
    let a1 = arrive("a1", b.clone());
    let a2 = arrive("a2", b.clone());
    sleep(ms(5)).await;
    a1.abort();
    a2.abort();
    sleep(ms(5)).await;
    arrive("a3", b.clone()).await.unwrap();
    let a4 = arrive("a4", b.clone());
    let r = timeout(ms(10), b.wait()).await;
    log!("main", "timed out={}", r.is_err());
    let a5 = arrive("a5", b.clone());
    a5.await.unwrap();
    a4.await.unwrap();
}
