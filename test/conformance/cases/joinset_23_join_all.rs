// Pins: join_all answers in the order of ending; a panic of a member goes on and aborts the rest
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let mut set = JoinSet::new();
    for t in [30, 10, 20] {
        set.spawn(async move {
            sleep(ms(t)).await;
            t
        });
    }
    log!("main", "{:?}", set.join_all().await);

    std::panic::set_hook(Box::new(|_| {}));
    let task = spawn(async {
        let mut set = JoinSet::new();
        set.spawn(async {
            let _g = OnDrop("long");
            sleep(ms(100)).await;
            OnDrop("never")
        });
        set.spawn(async {
            sleep(ms(5)).await;
            OnDrop("early")
        });
        set.spawn(async {
            sleep(ms(10)).await;
            panic!("spilled")
        });
        let _l = OnDrop("local");
        set.join_all().await;
    });
    let e = task.await.unwrap_err();
    log!("main", "panic={} {}", e.is_panic(), e.into_panic().downcast_ref::<&str>().unwrap());
    sleep(ms(1)).await;

    let task = spawn(async {
        let mut set = JoinSet::new();
        set.spawn(async {
            sleep(ms(5)).await;
            OnDrop("value")
        });
        set.spawn(async {
            let _g = OnDrop("slow");
            sleep(ms(100)).await;
            OnDrop("never")
        });
        set.join_all().await;
    });
    sleep(ms(10)).await;
    task.abort();
    log!("main", "aborted");
    yield_now().await;
    log!("main", "end");
}
