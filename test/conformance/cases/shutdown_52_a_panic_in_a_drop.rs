// Pins: a panic while a task is dropped at the end disturbs neither the other drops nor main's result
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

struct Panics(&'static str);
impl Drop for Panics {
    fn drop(&mut self) {
        log!(self.0, "drop panics");
        panic!("in {}", self.0);
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    for name in ["A", "B", "C"] {
        spawn(async move {
            let _after = OnDrop(name);
            if name == "B" {
                let _p = Panics("B's");
                sleep(secs(100)).await;
            }
            sleep(secs(100)).await;
        });
    }
    let aborted = spawn(async {
        let _p = Panics("aborted's");
        sleep(secs(100)).await;
    });
    sleep(ms(5)).await;
    aborted.abort();
    match aborted.await {
        Ok(()) => log!("main", "ok"),
        Err(e) if e.is_cancelled() => log!("main", "cancelled"),
        Err(e) => log!("main", "panic {}", panic_text(e.into_panic())),
    }
    log!("main", "returns");
}
