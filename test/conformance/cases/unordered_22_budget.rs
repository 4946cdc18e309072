// Pins: members of a FuturesUnordered share the budget of their task; those it refuses come back one by one
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    use futures::StreamExt;
    let mut set = futures::stream::FuturesUnordered::new();
    for i in 0..132 {
        let (tx, rx) = oneshot::channel();
        tx.send(i).unwrap();
        set.push(rx);
    }
    let mut order = Vec::new();
    traced("main", async {
        while let Some(i) = set.next().await {
            order.push(i.unwrap());
        }
    })
    .await;
    log!("main", "{:?}", &order[126..]);
}
