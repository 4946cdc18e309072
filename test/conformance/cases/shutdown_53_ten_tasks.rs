// Pins: ten tasks that wait when main returns: the order in which they are dropped, which is spawn order in this version [1.24.2]
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    for name in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] {
        spawn(async move {
            let _g = OnDrop(name);
            sleep(secs(100)).await;
        });
    }
    sleep(ms(5)).await;
    log!("main", "returns");
}
