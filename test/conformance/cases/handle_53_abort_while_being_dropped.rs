// Pins: a task that aborts another, and spawns a third, while it is itself dropped by an abort
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
    let b = spawn(traced("B", async {
        let _g = OnDrop("B-local");
        sleep(secs(100)).await;
    }));
    let a = spawn(traced("A", async move {
        let _g = Then(|| {
            log!("A-local", "drop");
            b.abort();
            spawn(traced("C", async {
                log!("C", "runs");
            }));
        });
        sleep(secs(100)).await;
    }));
    spawn(async {
        sleep(ms(5)).await;
        log!("D", "same instant");
    });
    sleep(ms(5)).await;
    a.abort();
    log!("main", "aborted A");
    let _ = a.await;
    log!("main", "A is gone");
    sleep(ms(5)).await;
}
