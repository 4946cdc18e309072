// Pins: a future that uses its budget up again and again is stopped by its timeout all the same, and the clock does not move for it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::unbounded_channel();
    for i in 0..1000 {
        tx.send(i).unwrap();
    }
    let h = spawn(async move {
        let mut n = 0;
        let r = timeout(ms(0), async {
            loop {
                rx.recv().await.unwrap();
                n += 1;
            }
        })
        .await
        .map(|()| ());
        log!("zero", "elapsed {} after {}", r.is_err(), n);
        let r: Result<(), _> = timeout(ms(5), async {
            while rx.recv().await.is_some() {
                n += 1;
            }
        })
        .await;
        log!("five", "elapsed {} after {}", r.is_err(), n);
    });
    h.await.unwrap();
    drop(tx);
}
