// Pins: a writer collects what the readers give back one by one: once it waits, no try succeeds, and it is polled once
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let l = Arc::new(RwLock::new(0));
    let r1 = l.clone().read_owned().await;
    let r2 = l.clone().read_owned().await;
    let r3 = l.clone().try_read_owned().unwrap();
    log!(
        "main",
        "try_read {} try_write {}",
        l.try_read().is_ok(),
        l.try_write().is_ok()
    );
    let w = spawn(traced("writer", {
        let l = l.clone();
        async move {
            let mut g = l.write().await;
            *g += 1;
            sleep(ms(5)).await;
        }
    }));
    for r in [r1, r2, r3] {
        sleep(ms(5)).await;
        log!(
            "main",
            "try_read {} try_write {}",
            l.try_read().is_ok(),
            l.try_write().is_ok()
        );
        drop(r);
        log!("main", "a reader left");
    }
    log!(
        "main",
        "try_read {} try_write {}",
        l.try_read().is_ok(),
        l.try_write().is_ok()
    );
    w.await.unwrap();
    log!(
        "main",
        "try_read {} try_write {}",
        l.try_read().is_ok(),
        l.try_write().is_ok()
    );
}
