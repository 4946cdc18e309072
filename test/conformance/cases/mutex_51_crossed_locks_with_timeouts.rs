// Pins: two tasks lock two mutexes in opposite order: the shorter timeout gives way, and its guard drop lets the other on
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let m1 = Arc::new(Mutex::new(()));
    let m2 = Arc::new(Mutex::new(()));
    let mut hs = Vec::new();
    for (name, first, second, limit) in [("A", m1.clone(), m2.clone(), 20), ("B", m2, m1, 10)] {
        hs.push(spawn(async move {
            let mut tries = 0;
            loop {
                tries += 1;
                let a = first.lock().await;
                log!(name, "has its first");
                sleep(ms(5)).await;
                match timeout(ms(limit), second.lock()).await {
                    Ok(_b) => {
                        log!(name, "has both after {} tries", tries);
                        sleep(ms(3)).await;
                        break;
                    }
                    Err(_) => log!(name, "gives way"),
                }
                drop(a);
                sleep(ms(1)).await;
            }
        }));
    }
    for h in hs {
        h.await.unwrap();
    }
}
