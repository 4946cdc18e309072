// Pins: a broadcast as a stop signal, and a channel whose last sender tells that all have stopped; one that is busy stops later, one that was told too early never waits
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (stop, _) = broadcast::channel::<()>(1);
    let (done, mut all_done) = mpsc::channel::<()>(1);
    for (name, work) in [("quick", 3), ("slow", 20)] {
        let mut stopped = stop.subscribe();
        let done = done.clone();
        spawn(async move {
            let _done = done;
            loop {
                select! {
                    biased;
                    r = stopped.recv() => {
                        log!(name, "stop ok={}", r.is_ok());
                        break;
                    }
                    _ = sleep(ms(1)) => {}
                }
                sleep(ms(work)).await;
                log!(name, "worked");
            }
            sleep(ms(1)).await;
            log!(name, "cleaned up");
        });
    }
    drop(done);
    sleep(ms(10)).await;
    log!("main", "stop, {} listen", stop.send(()).unwrap());
    let mut late = stop.subscribe();
    drop(stop);
    log!("late", "{}", late.recv().await.unwrap_err());
    log!("main", "all done {}", all_done.recv().await.is_none());
}
