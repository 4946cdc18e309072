// Pins: receivers of different speed on one ring of four: each lags by itself, and only what was overwritten is lost
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = broadcast::channel(4);
    let mut hs = Vec::new();
    for (name, pause) in [("fast", 1), ("middle", 3), ("slow", 7)] {
        let mut rx = rx.resubscribe();
        hs.push(spawn(async move {
            loop {
                match rx.recv().await {
                    Ok(v) => log!(name, "{}", v),
                    Err(broadcast::error::RecvError::Lagged(n)) => log!(name, "lagged {}", n),
                    Err(broadcast::error::RecvError::Closed) => break,
                }
                sleep(ms(pause)).await;
            }
            log!(name, "closed");
        }));
    }
    drop(rx);
    for i in 0..12 {
        tx.send(i).unwrap();
        sleep(ms(1)).await;
    }
    log!("main", "drops the sender");
    drop(tx);
    for h in hs {
        h.await.unwrap();
    }
}
