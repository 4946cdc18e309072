// Pins: the texts of a JoinError, with the task's id and the message of the panic
// Needs: 1.53
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    quiet_panics();
    let text = |e: tokio::task::JoinError| {
        let id = e.id().to_string();
        format!("{}", e).replace(&id, "ID")
    };
    let h = spawn(async { sleep(secs(100)).await });
    h.abort();
    log!("main", "{}", text(h.await.unwrap_err()));
    let h = spawn(async { panic!("oh") });
    log!("main", "{}", text(h.await.unwrap_err()));
    let name = "formatted";
    let h = spawn(async move { panic!("{} text", name) });
    log!("main", "{}", text(h.await.unwrap_err()));
    let h = spawn(async { std::panic::panic_any(5) });
    log!("main", "{}", text(h.await.unwrap_err()));
}
