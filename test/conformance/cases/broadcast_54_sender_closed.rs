// Pins: Sender::closed is ready once no receiver is left; a new subscriber makes it wait again
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, rx) = broadcast::channel::<u32>(4);
    let rx2 = tx.subscribe();
    let h = spawn(traced("closed", {
        let tx = tx.clone();
        async move { tx.closed().await }
    }));
    sleep(ms(5)).await;
    drop(rx);
    sleep(ms(5)).await;
    drop(rx2);
    log!("main", "no receiver");
    h.await.unwrap();
    log!(
        "main",
        "closed ready={}",
        tx.closed().now_or_never().is_some()
    );
    let rx = tx.subscribe();
    log!(
        "main",
        "closed ready={}",
        tx.closed().now_or_never().is_some()
    );
    log!("main", "rx closed={}", rx.is_closed());
    drop(tx);
    log!("main", "rx closed={}", rx.is_closed());
}
