// Pins: a sender that is dropped, aborted or lost in a panic wakes the receiver with an error
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    for (name, how) in [("dropped", 0), ("aborted", 1), ("panicked", 2)] {
        let (tx, rx) = oneshot::channel::<()>();
        let h = spawn(async move {
            let _tx = tx;
            sleep(ms(5)).await;
            match how {
                0 => {}
                1 => sleep(secs(100)).await,
                _ => panic!("oh"),
            }
        });
        let waiter = spawn(traced(name, rx));
        sleep(ms(10)).await;
        if how == 1 {
            h.abort();
        }
        log!("main", "{}", waiter.await.unwrap().unwrap_err());
    }
}
