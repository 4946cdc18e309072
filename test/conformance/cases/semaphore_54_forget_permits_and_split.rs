// Pins: forget_permits takes no more than there are free and says how many; split takes a part off a permit
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Arc::new(Semaphore::new(5));
    let mut p = s.clone().acquire_many_owned(3).await.unwrap();
    log!("main", "forgot {}", s.forget_permits(4));
    log!(
        "main",
        "available={} held={}",
        s.available_permits(),
        p.num_permits()
    );
    log!("main", "split 4: {}", p.split(4).is_some());
    let q = p.split(2).unwrap();
    log!("main", "held={} split={}", p.num_permits(), q.num_permits());
    drop(q);
    log!("main", "available={}", s.available_permits());
    let rest = p.split(1).unwrap();
    log!(
        "main",
        "held={} rest={}",
        p.num_permits(),
        rest.num_permits()
    );
    drop(p);
    log!("main", "available={}", s.available_permits());
    drop(rest);
    log!("main", "available={}", s.available_permits());
    let w = spawn({
        let s = s.clone();
        async move {
            let _p = s.acquire_many(4).await.unwrap();
            log!("waiter", "has 4");
        }
    });
    yield_now().await;
    log!(
        "main",
        "forgot {} while a waiter collects",
        s.forget_permits(2)
    );
    s.add_permits(1);
    w.await.unwrap();
}
