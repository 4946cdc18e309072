// Pins: try_read and try_write: a waiting writer keeps new readers out, a waiting reader keeps nobody out of reading
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

fn probe(l: &RwLock<u32>, when: &str) {
    let read = l.try_read().is_ok();
    let write = l.try_write().is_ok();
    log!("main", "{}: read={} write={}", when, read, write);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let l = Arc::new(RwLock::new(0));
    probe(&l, "free");
    let r = l.clone().read_owned().await;
    probe(&l, "read");
    let l1 = l.clone();
    let w = spawn(async move {
        let _g = l1.write().await;
        log!("W", "granted");
    });
    yield_now().await;
    probe(&l, "writer waits");
    w.abort();
    yield_now().await;
    probe(&l, "writer gone");
    drop(r);
    let g = l.clone().write_owned().await;
    probe(&l, "written");
    let l2 = l.clone();
    let r = spawn(async move {
        let _g = l2.read().await;
        log!("R", "granted");
        sleep(ms(5)).await;
    });
    yield_now().await;
    drop(g);
    probe(&l, "promised to a reader");
    r.await.unwrap();
    probe(&l, "free again");
}
