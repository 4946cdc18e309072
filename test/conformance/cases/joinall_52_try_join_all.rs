// Pins: try_join_all ends with the first error, drops what is unfinished in input order and discards what was finished
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let part = |name: &'static str, takes: u64, ok: bool| async move {
        let _g = OnDrop(name);
        sleep(ms(takes)).await;
        log!(name, "ends ok={}", ok);
        if ok {
            Ok(name)
        } else {
            Err(name)
        }
    };
    let r = futures::future::try_join_all([
        part("A", 30, true),
        part("B", 10, true),
        part("C", 20, false),
        part("D", 20, false),
        part("E", 5, true),
    ])
    .await;
    log!("main", "error {}", r.unwrap_err());
    let r = futures::future::try_join_all([part("F", 10, true), part("G", 5, true)]).await;
    log!("main", "{}", r.unwrap().join(" "));
    let none = futures::future::try_join_all(Vec::<std::future::Ready<Result<u8, u8>>>::new());
    log!("main", "{}", none.await.unwrap().len());
}
