// Pins: closed() woken and given up, then polled again; after a send there is nothing to wait for
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (mut tx, rx) = oneshot::channel::<u8>();
    {
        let mut c = Box::pin(tx.closed());
        log!("main", "ready={}", futures::poll!(c.as_mut()).is_ready());
    }
    let h = spawn(traced("worker", async move {
        select! {
            biased;
            _ = tx.closed() => log!("worker", "nobody waits any more"),
            _ = sleep(ms(50)) => {
                log!("worker", "ok={}", tx.send(1).is_ok());
            }
        }
    }));
    log!("main", "timed out={}", timeout(ms(20), rx).await.is_err());
    h.await.unwrap();
}
