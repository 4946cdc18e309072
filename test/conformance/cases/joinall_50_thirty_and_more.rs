// Pins: join_all of up to thirty polls all that are unfinished on every wake, beyond that only those that were woken
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    for n in [3, 30, 31, 40] {
        let polls = Arc::new(AtomicUsize::new(0));
        let futures = (0..n).map(|i| {
            let polls = polls.clone();
            let mut inner = Box::pin(sleep(ms(if i % 2 == 0 { 10 } else { 20 })));
            futures::future::poll_fn(move |cx| {
                polls.fetch_add(1, Ordering::SeqCst);
                inner.as_mut().poll(cx).map(|()| i)
            })
        });
        let out = futures::future::join_all(futures).await;
        let ordered = out.iter().enumerate().all(|(i, v)| i == *v);
        log!(
            "main",
            "{}: {} polls, in order {}",
            n,
            polls.load(Ordering::SeqCst),
            ordered
        );
    }
}
