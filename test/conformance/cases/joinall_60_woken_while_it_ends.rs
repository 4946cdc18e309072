// Pins: a large join_all polls nobody again who is woken in the very poll in which it ends
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let polls = Arc::new(AtomicUsize::new(0));
    let futures = (0..40).map(|i| {
        let polls = polls.clone();
        async move {
            select! {
                biased;
                _ = self_wake() => {}
                _ = async { polls.fetch_add(1, Ordering::SeqCst) } => {}
            }
            if i % 4 == 0 {
                sleep(ms(5)).await;
            }
            i
        }
    });
    let out = futures::future::join_all(futures).await;
    let ordered = out.iter().enumerate().all(|(i, v)| i == *v);
    log!(
        "main",
        "{} polls, in order {}",
        polls.load(Ordering::SeqCst),
        ordered
    );
}
