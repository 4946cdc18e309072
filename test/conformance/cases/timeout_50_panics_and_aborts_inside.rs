// Pins: a panic inside a timeout passes through it; a timeout around a JoinHandle leaves the task; an abort of the task inside ends the timeout
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    let h = spawn(async {
        let _ = timeout(ms(10), async {
            let _g = OnDrop("inside");
            sleep(ms(5)).await;
            panic!("oh");
        })
        .await;
        log!("task", "never");
    });
    log!("main", "{}", panic_text(h.await.unwrap_err().into_panic()));
    let mut h = spawn(async {
        sleep(ms(20)).await;
        log!("task", "ends");
        3
    });
    log!("main", "elapsed {}", timeout(ms(10), &mut h).await.is_err());
    log!("main", "{}", timeout(ms(100), h).await.unwrap().unwrap());
    let h = spawn(async { sleep(secs(100)).await });
    let abort = Arc::new(std::sync::Mutex::new(Some(h)));
    spawn({
        let abort = abort.clone();
        async move {
            sleep(ms(5)).await;
            abort.lock().unwrap().as_ref().unwrap().abort();
            log!("aborter", "aborted");
        }
    });
    let r = timeout(
        ms(50),
        futures::future::poll_fn(|cx| abort.lock().unwrap().as_mut().unwrap().poll_unpin(cx)),
    )
    .await;
    log!(
        "main",
        "cancelled {}",
        r.unwrap().unwrap_err().is_cancelled()
    );
}
