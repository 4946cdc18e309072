// Pins: reserve_many collects slots at the head of the line; more than there ever is room for fails at once; what is not used goes back
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel::<u32>(3);
    for i in 0..3 {
        tx.try_send(i).unwrap();
    }
    let many = tx.clone();
    spawn(traced("many", async move {
        let mut permits = many.reserve_many(2).await.unwrap();
        log!("many", "reserved {}", permits.len());
        permits.next().unwrap().send(10);
        log!("many", "capacity {}", many.capacity());
        drop(permits);
        log!("many", "capacity {}", many.capacity());
    }));
    let one = tx.clone();
    spawn(traced("one", async move {
        one.send(20).await.unwrap();
    }));
    yield_now().await;
    for _ in 0..3 {
        log!("main", "{:?}", rx.recv().await);
        yield_now().await;
        log!("main", "capacity {}", tx.capacity());
    }
    log!("main", "{:?} {:?}", rx.recv().await, rx.recv().await);
    log!("main", "too many {}", tx.reserve_many(4).await.is_err());
    log!("main", "too many {:?}", tx.try_reserve_many(4).map(|p| p.len()).map_err(|e| e.to_string()));
    log!("main", "none {}", tx.reserve_many(0).await.unwrap().len());
    let p = tx.try_reserve_many(2).unwrap();
    log!("main", "full {:?}", tx.try_reserve_many(2).map(|p| p.len()).map_err(|e| e.to_string()));
    let w = tx.downgrade();
    log!("main", "strong {} weak {}", tx.strong_count(), rx.sender_weak_count());
    drop(p);
    rx.close();
    log!("main", "closed {:?}", tx.try_reserve_many(1).map(|p| p.len()).map_err(|e| e.to_string()));
    log!("main", "closed {:?}", tx.try_reserve_many(4).map(|p| p.len()).map_err(|e| e.to_string()));
    log!("main", "closed {:?}", tx.reserve_many(0).await.map(|p| p.len()).map_err(|e| e.to_string()));
    drop(w);
}
