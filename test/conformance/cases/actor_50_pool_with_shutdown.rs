// Pins: a pool: a semaphore bounds it, a token stops it, a join set waits for it, a channel brings the work; everything that is asked for is answered or refused
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel::<(u32, oneshot::Sender<u32>)>(2);
    let stop = CancellationToken::new();
    let pool = spawn({
        let stop = stop.clone();
        async move {
            let slots = Arc::new(Semaphore::new(2));
            let mut set = JoinSet::new();
            loop {
                select! {
                    biased;
                    _ = stop.cancelled() => {
                        log!("pool", "stops with {} at work", set.len());
                        rx.close();
                        break;
                    }
                    Some(r) = set.join_next() => log!("pool", "{} done", r.unwrap()),
                    Some((n, reply)) = rx.recv() => {
                        let slots = slots.clone();
                        set.spawn(async move {
                            let _slot = slots.acquire_owned().await.unwrap();
                            log!("worker", "{} starts", n);
                            sleep(ms(10 * n as u64)).await;
                            let _ = reply.send(n * n);
                            n
                        });
                    }
                }
            }
            while let Some((n, _)) = rx.recv().await {
                log!("pool", "refuses {}", n);
            }
            while let Some(r) = set.join_next().await {
                log!("pool", "{} done", r.unwrap());
            }
        }
    });
    let mut clients = JoinSet::new();
    for n in [3, 1, 2, 4, 5] {
        let tx = tx.clone();
        clients.spawn(async move {
            if n == 5 {
                sleep(ms(25)).await;
            }
            let (reply, answer) = oneshot::channel();
            if tx.send((n, reply)).await.is_err() {
                log!("client", "{}: closed", n);
                return;
            }
            match timeout(ms(45), answer).await {
                Ok(Ok(v)) => log!("client", "{}: {}", n, v),
                Ok(Err(e)) => log!("client", "{}: {}", n, e),
                Err(_) => log!("client", "{}: timed out", n),
            }
        });
    }
    drop(tx);
    sleep(ms(25)).await;
    stop.cancel();
    log!("main", "stop");
    pool.await.unwrap();
    while clients.join_next().await.is_some() {}
    log!("main", "end");
}
