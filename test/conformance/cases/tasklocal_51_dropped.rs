// Pins: a task-local is still there while its scope is dropped: aborted, lost in a select, or at the end of the runtime
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

tokio::task_local! {
    static USER: &'static str;
}

struct Says(&'static str);
impl Drop for Says {
    fn drop(&mut self) {
        log!(
            self.0,
            "dropped by {}",
            USER.try_with(|u| *u).unwrap_or("nobody")
        );
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let h = spawn(USER.scope("anna", async {
        let _s = Says("aborted");
        sleep(secs(100)).await;
    }));
    yield_now().await;
    h.abort();
    let _ = h.await;
    USER.scope("ben", async {
        select! {
            biased;
            _ = USER.scope("ben inside", async {
                let _s = Says("loser");
                sleep(secs(100)).await;
            }) => {}
            _ = sleep(ms(5)) => log!("main", "timer, {}", USER.get()),
        }
    })
    .await;
    let done = USER.scope("chris", async { Says("output") }).await;
    drop(done);
    drop(USER.scope("dora", {
        let s = Says("never polled");
        async move {
            let _s = s;
        }
    }));
    spawn(USER.scope("emil", async {
        let _s = Says("at the end");
        sleep(secs(100)).await;
    }));
    sleep(ms(5)).await;
    log!("main", "end");
}
