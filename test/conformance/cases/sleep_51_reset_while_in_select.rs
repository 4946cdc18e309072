// Pins: an idle timer that every message puts off, in a select: how often it is polled, and when it fires
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(8);
    spawn(async move {
        for (i, pause) in [5, 8, 3, 9, 20].into_iter().enumerate() {
            sleep(ms(pause)).await;
            if tx.send(i).await.is_err() {
                log!("producer", "{} is refused", i);
                break;
            }
        }
    });
    let wake = sleep(ms(10));
    tokio::pin!(wake);
    loop {
        select! {
            biased;
            Some(v) = rx.recv() => {
                log!("main", "got {}", v);
                wake.as_mut().reset(Instant::now() + ms(10));
            }
            _ = traced("wake", wake.as_mut()) => {
                log!("main", "idle for 10");
                break;
            }
        }
    }
    drop(rx);
    sleep(ms(30)).await;
}
