// Pins: workers that take their setting from a watch and their work from a channel: a change reaches the next item, a closed watch does not stop them
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (set, setting) = watch::channel(1);
    let (tx, mut rx) = mpsc::channel(4);
    let mut reload = setting.clone();
    let w = spawn(async move {
        let mut open = true;
        let mut factor = *reload.borrow_and_update();
        loop {
            select! {
                biased;
                r = reload.changed(), if open => match r {
                    Ok(()) => {
                        factor = *reload.borrow_and_update();
                        log!("worker", "factor {}", factor);
                    }
                    Err(e) => {
                        open = false;
                        log!("worker", "{}", e);
                    }
                },
                Some(v) = rx.recv() => {
                    log!("worker", "{}", v * factor);
                    sleep(ms(5)).await;
                }
                else => break,
            }
        }
        log!("worker", "end");
    });
    for v in 1..=3 {
        tx.send(v).await.unwrap();
    }
    sleep(ms(2)).await;
    set.send(10).unwrap();
    set.send(20).unwrap();
    sleep(ms(10)).await;
    drop(set);
    tx.send(4).await.unwrap();
    drop(tx);
    w.await.unwrap();
    log!(
        "main",
        "setting {} changed {}",
        *setting.borrow(),
        setting.has_changed().is_ok()
    );
}
