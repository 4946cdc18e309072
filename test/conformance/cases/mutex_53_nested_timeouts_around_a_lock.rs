// Pins: timeouts around timeouts around a lock: the innermost deadline that passes decides, and the lock is free afterwards
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

async fn attempt(name: &'static str, m: Arc<Mutex<u32>>, inner: u64, outer: u64) {
    let r = timeout(ms(outer), timeout(ms(inner), m.lock())).await;
    match r {
        Ok(Ok(mut g)) => {
            *g += 1;
            log!(name, "locked, {}", *g);
        }
        Ok(Err(_)) => log!(name, "inner elapsed"),
        Err(_) => log!(name, "outer elapsed"),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let m = Arc::new(Mutex::new(0));
    let held = m.clone().lock_owned().await;
    let hs = vec![
        spawn(attempt("inner-10-outer-20", m.clone(), 10, 20)),
        spawn(attempt("inner-20-outer-10", m.clone(), 20, 10)),
        spawn(attempt("inner-10-outer-10", m.clone(), 10, 10)),
        spawn(attempt("inner-30-outer-15", m.clone(), 30, 15)),
        spawn(attempt("inner-0-outer-0", m.clone(), 0, 0)),
        spawn(attempt("inner-40-outer-50", m.clone(), 40, 50)),
    ];
    sleep(ms(15)).await;
    log!("main", "unlocks");
    drop(held);
    for h in hs {
        h.await.unwrap();
    }
    log!("main", "value {}", *m.lock().await);
}
