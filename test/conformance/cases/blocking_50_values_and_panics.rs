// Pins: spawn_blocking: its value, its panic; abort does not stop one that runs, and its value is still delivered
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    let h = tokio::task::spawn_blocking(|| 6 * 7);
    log!("main", "{}", h.await.unwrap());
    let h = tokio::task::spawn_blocking(|| -> u8 { panic!("oh") });
    log!("main", "{}", panic_text(h.await.unwrap_err().into_panic()));
    let (tx, rx) = std::sync::mpsc::channel::<u8>();
    let (begun, has_begun) = oneshot::channel();
    let h = tokio::task::spawn_blocking(move || {
        begun.send(()).unwrap();
        rx.recv().unwrap()
    });
    has_begun.await.unwrap();
    h.abort();
    log!("main", "aborted, finished {}", h.is_finished());
    tx.send(5).unwrap();
    log!("main", "{}", h.await.unwrap());
}
