// Pins: a read, a write and a get_or_init given up by timeout leave their places in line
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let l = Arc::new(RwLock::new(0));
    let g = l.clone().write_owned().await;
    for i in 0..3 {
        let read = timeout(ms(5), l.read()).await.is_err();
        let write = timeout(ms(5), l.write()).await.is_err();
        log!(
            "main",
            "{}: read timed out={} write timed out={}",
            i,
            read,
            write
        );
    }
    drop(g);
    log!("main", "try_write={}", l.try_write().is_ok());
    let c = OnceCell::new();
    let slow = timeout(
        ms(5),
        c.get_or_init(|| async {
            sleep(ms(10)).await;
            1
        }),
    )
    .await;
    log!("main", "timed out={} {:?}", slow.is_err(), c.get());
    log!("main", "{}", c.get_or_init(|| async { 2 }).await);
}
