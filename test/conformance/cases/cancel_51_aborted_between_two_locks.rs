// Pins: a chain of locks taken hand over hand: aborting the one in the middle lets its follower up to where it was
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let locks: Vec<_> = (0..3).map(|_| Arc::new(Mutex::new(()))).collect();
    let mut hs = Vec::new();
    for (name, pace) in [("A", 20), ("B", 5), ("C", 5)] {
        let locks = locks.clone();
        hs.push(spawn(async move {
            let _g = OnDrop(name);
            let mut held = None;
            for (i, l) in locks.into_iter().enumerate() {
                let next = l.lock_owned().await;
                log!(name, "at {}", i);
                drop(held.replace(next));
                sleep(ms(pace)).await;
            }
            log!(name, "through");
        }));
    }
    sleep(ms(30)).await;
    hs[1].abort();
    log!("main", "aborts B");
    for h in hs {
        let _ = h.await;
    }
}
