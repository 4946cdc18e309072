// Pins: join_all polls up to 30 futures all at every wake, in order; of more only the woken ones
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    for count in [3u64, 30, 31] {
        let polls = Arc::new(AtomicUsize::new(0));
        let future = |i: u64| {
            let polls = polls.clone();
            let mut nap = Box::pin(sleep(ms(1 + i % 3)));
            futures::future::poll_fn(move |cx| {
                polls.fetch_add(1, Ordering::SeqCst);
                nap.as_mut().poll(cx).map(|_| i)
            })
        };
        let all = futures::future::join_all((0..count).map(future));
        let values = traced("all", all).await;
        log!("main", "{} values, last {:?}, {} polls", values.len(), values.last(), polls.load(Ordering::SeqCst));
    }
    let f = |label: &'static str, t: u64| {
        traced(label, async move {
            let _g = OnDrop(label);
            sleep(ms(t)).await;
        })
    };
    let all = futures::future::join_all([f("a", 20), f("b", 10), f("c", 30)]);
    log!("main", "elapsed={}", timeout(ms(15), all).await.is_err());
}
