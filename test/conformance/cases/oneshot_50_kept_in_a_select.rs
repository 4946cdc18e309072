// Pins: a receiver selected by reference keeps its place; lost by value it is dropped and the sender is told
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = oneshot::channel();
    let h = spawn(async move {
        sleep(ms(25)).await;
        log!("tx", "sends, ok={}", tx.send("value").is_ok());
    });
    loop {
        select! {
            biased;
            v = &mut rx => {
                log!("main", "{:?}", v);
                break;
            }
            _ = sleep(ms(10)) => log!("main", "not yet"),
        }
    }
    h.await.unwrap();
    let (tx, rx) = oneshot::channel::<&str>();
    select! {
        biased;
        _ = rx => log!("main", "received"),
        _ = sleep(ms(10)) => log!("main", "gave up"),
    }
    log!(
        "main",
        "closed {} send {:?}",
        tx.is_closed(),
        tx.send("too late")
    );
}
