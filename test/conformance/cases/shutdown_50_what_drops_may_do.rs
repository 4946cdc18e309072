// Pins: drops at the end of the runtime: they may send, lock and notify, nobody runs any more; what they spawn is dropped at once
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

struct Then<F: FnMut()>(F);
impl<F: FnMut()> Drop for Then<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut rx) = mpsc::channel(4);
    let n = Arc::new(Notify::new());
    spawn({
        let n = n.clone();
        async move {
            let _g = Then(|| {
                log!("A", "drop, send {}", try_sent(tx.try_send(1)));
                n.notify_one();
                let h = spawn(async {
                    let _g = OnDrop("spawned");
                    log!("spawned", "never");
                });
                log!("A", "spawned, finished {}", h.is_finished());
            });
            sleep(secs(100)).await;
        }
    });
    spawn(async move {
        let _g = OnDrop("B");
        rx.recv().await;
        log!("B", "never");
    });
    spawn({
        let n = n.clone();
        async move {
            let _g = OnDrop("C");
            n.notified().await;
            log!("C", "never");
        }
    });
    sleep(ms(5)).await;
    spawn(async {
        let _g = OnDrop("D");
        log!("D", "never");
    });
    log!("main", "returns");
}
