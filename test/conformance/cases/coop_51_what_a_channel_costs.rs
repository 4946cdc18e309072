// Pins: 300 ready operations of each kind of channel, and of joining tasks, and how many polls of the task they take
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
    let (tx, mut rx) = mpsc::channel(300);
    polls("mpsc send", async {
        for i in 0..300 {
            tx.send(i).await.unwrap();
        }
    })
    .await;
    polls("mpsc recv", async {
        for _ in 0..300 {
            rx.recv().await.unwrap();
        }
    })
    .await;
    polls("mpsc reserve", async {
        for _ in 0..300 {
            drop(tx.reserve().await.unwrap());
        }
    })
    .await;
    rx.close();
    polls("mpsc closed", async {
        for _ in 0..300 {
            tx.closed().await;
        }
    })
    .await;
    polls("mpsc recv of a closed one", async {
        for _ in 0..300 {
            rx.recv().await;
        }
    })
    .await;
    let (tx, mut rx) = mpsc::unbounded_channel();
    polls("unbounded recv", async {
        for i in 0..300 {
            tx.send(i).unwrap();
            rx.recv().await.unwrap();
        }
    })
    .await;
    polls("oneshot", async {
        for i in 0..300 {
            let (tx, rx) = oneshot::channel();
            tx.send(i).unwrap();
            rx.await.unwrap();
        }
    })
    .await;
    polls("oneshot closed", async {
        for _ in 0..300 {
            let (mut tx, rx) = oneshot::channel::<()>();
            drop(rx);
            tx.closed().await;
        }
    })
    .await;
    let (tx, mut rx) = broadcast::channel(1);
    polls("broadcast recv", async {
        for i in 0..300 {
            tx.send(i).unwrap();
            rx.recv().await.unwrap();
        }
    })
    .await;
    let (tx, mut rx) = watch::channel(0);
    polls("watch changed", async {
        for i in 0..300 {
            tx.send(i).unwrap();
            rx.changed().await.unwrap();
        }
    })
    .await;
    let mut handles: Vec<_> = (0..300).map(|_| spawn(async {})).collect();
    sleep(ms(1)).await;
    polls("join handle", async {
        for h in &mut handles {
            h.await.unwrap();
        }
    })
    .await;
    let mut set = JoinSet::new();
    for _ in 0..300 {
        set.spawn(async {});
    }
    sleep(ms(1)).await;
    polls("join set", async {
        while set.join_next().await.is_some() {}
    })
    .await;
}
