// Pins: an aborted receiver drops what is buffered, oldest first, before the senders that wait learn of it
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[derive(Debug)]
struct Value(&'static str);
impl Drop for Value {
    fn drop(&mut self) {
        log!(self.0, "drop");
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(2);
    let r = spawn(async move {
        sleep(secs(100)).await;
        let _ = rx.recv().await;
    });
    tx.send(Value("v1")).await.unwrap();
    tx.send(Value("v2")).await.unwrap();
    let mut hs = Vec::new();
    for (name, value) in [("A", "v3"), ("B", "v4")] {
        let tx = tx.clone();
        hs.push(spawn(async move {
            let r = tx.send(Value(value)).await;
            log!(name, "ok={}", r.is_ok());
        }));
    }
    sleep(ms(5)).await;
    r.abort();
    log!("main", "aborted the receiver");
    for h in hs {
        h.await.unwrap();
    }
    drop(tx);
    log!("main", "end");
}
