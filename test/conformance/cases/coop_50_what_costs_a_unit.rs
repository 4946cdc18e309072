// Pins: 300 ready operations of each kind, and how many polls of the task they take
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

async fn polls(name: &'static str, f: impl Future<Output = ()>) {
    let mut f = Box::pin(f);
    let mut n = 0;
    yield_now().await;
    futures::future::poll_fn(|cx| {
        n += 1;
        f.as_mut().poll(cx)
    })
    .await;
    log!(name, "{} polls", n);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = Semaphore::new(1);
    polls("semaphore", async {
        for _ in 0..300 {
            let _p = s.acquire().await.unwrap();
        }
    })
    .await;
    let m = Mutex::new(());
    polls("mutex", async {
        for _ in 0..300 {
            let _g = m.lock().await;
        }
    })
    .await;
    let l = RwLock::new(());
    polls("rwlock read", async {
        for _ in 0..300 {
            let _g = l.read().await;
        }
    })
    .await;
    polls("rwlock write", async {
        for _ in 0..300 {
            let _g = l.write().await;
        }
    })
    .await;
    let n = Notify::new();
    polls("notify", async {
        for _ in 0..300 {
            n.notify_one();
            n.notified().await;
        }
    })
    .await;
    let b = Barrier::new(1);
    polls("barrier", async {
        for _ in 0..300 {
            b.wait().await;
        }
    })
    .await;
    let c = OnceCell::new();
    polls("once", async {
        for _ in 0..300 {
            c.get_or_init(|| async { 1 }).await;
        }
    })
    .await;
    let t = tokio_util::sync::CancellationToken::new();
    t.cancel();
    polls("token", async {
        for _ in 0..300 {
            t.cancelled().await;
        }
    })
    .await;
    polls("sleep", async {
        for _ in 0..300 {
            sleep(ms(0)).await;
        }
    })
    .await;
    let mut i = interval(ms(1));
    tokio::time::advance(ms(10_000)).await;
    polls("interval", async {
        for _ in 0..300 {
            i.tick().await;
        }
    })
    .await;
    polls("timeout", async {
        for _ in 0..300 {
            timeout(ms(10), std::future::ready(())).await.unwrap();
        }
    })
    .await;
}
