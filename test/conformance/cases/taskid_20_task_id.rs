// Pins: a task knows its number, also while it is dropped; the main future has none
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

struct Tells(Arc<std::sync::Mutex<Option<tokio::task::Id>>>);
impl Drop for Tells {
    fn drop(&mut self) {
        *self.0.lock().unwrap() = tokio::task::try_id();
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    log!("main", "{:?}", tokio::task::try_id().is_none());
    std::panic::set_hook(Box::new(|_| {}));
    let e = std::panic::catch_unwind(|| tokio::task::id()).unwrap_err();
    log!("main", "{}", e.downcast_ref::<&str>().map(|s| s.to_string()).or(e.downcast_ref::<String>().cloned()).unwrap());
    let h = spawn(async { tokio::task::id() });
    let id = h.id();
    log!("main", "same={}", h.await.unwrap() == id);
    let seen = Arc::new(std::sync::Mutex::new(None));
    let tells = Tells(seen.clone());
    let h = spawn(async move {
        let _t = tells;
        sleep(ms(100)).await;
    });
    sleep(ms(1)).await;
    h.abort();
    yield_now().await;
    log!("main", "same={} finished={}", *seen.lock().unwrap() == Some(h.id()), h.is_finished());
    let mut set = JoinSet::new();
    let a = set.spawn(async { tokio::task::id() });
    let (id, value) = set.join_next_with_id().await.unwrap().unwrap();
    log!("main", "same={} {}", a.id() == id, id == value);
    let a = set.spawn(async { panic!("spilled") });
    let e = set.join_next_with_id().await.unwrap().unwrap_err();
    log!("main", "same={} panic={}", a.id() == e.id(), e.is_panic());
}
