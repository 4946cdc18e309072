// Pins: a task-local is there inside its scope, also across awaits and inside functions, and not in other tasks between its polls
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

tokio::task_local! {
    static USER: &'static str;
}

async fn whoami(label: &'static str) {
    log!(label, "{}", USER.try_with(|u| *u).unwrap_or("nobody"));
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    whoami("outside").await;
    let mut hs = Vec::new();
    for name in ["anna", "ben"] {
        hs.push(spawn(USER.scope(name, async move {
            for _ in 0..2 {
                whoami(name).await;
                self_wake().await;
            }
            USER.scope("guest", async {
                whoami(name).await;
                sleep(ms(5)).await;
                whoami(name).await;
            })
            .await;
            whoami(name).await;
            spawn(whoami("spawned inside")).await.unwrap();
            USER.sync_scope("sync", || log!(name, "{}", USER.get()));
            log!(name, "{}", USER.get());
        })));
    }
    hs.push(spawn(async {
        self_wake().await;
        whoami("stranger").await;
    }));
    for h in hs {
        h.await.unwrap();
    }
    whoami("outside").await;
}
