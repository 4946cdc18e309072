// Pins: a task local has its value whenever its future is polled or dropped, and nowhere else
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

tokio::task_local! {
    static USER: &'static str;
    static DEPTH: u32;
}
struct Tells(&'static str);
impl Drop for Tells {
    fn drop(&mut self) {
        log!(self.0, "drop user={:?}", USER.try_with(|u| *u).ok());
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    log!("main", "{}", USER.try_with(|_| ()).unwrap_err());
    let greet = |label: &'static str| async move {
        let _t = Tells(label);
        log!(label, "hello {}", USER.get());
        sleep(ms(10)).await;
        log!(label, "bye {}", USER.get());
        USER.get()
    };
    let both = tokio::join!(USER.scope("ann", greet("a")), USER.scope("bob", greet("b")));
    log!("main", "{:?} {:?}", both, USER.try_with(|u| *u).ok());

    USER.scope("outer", async {
        USER.scope("inner", greet("nested")).await;
        log!("main", "back to {}", USER.get());
        let child = spawn(async { USER.try_with(|u| *u).ok() });
        log!("main", "child has {:?}", child.await.unwrap());
        let child = spawn(USER.scope(USER.get(), async { USER.get() }));
        log!("main", "given on {:?}", child.await.unwrap());
    })
    .await;

    let h = spawn(USER.scope("carl", greet("aborted")));
    sleep(ms(1)).await;
    h.abort();
    log!("main", "cancelled={}", h.await.unwrap_err().is_cancelled());
    drop(USER.scope("dora", greet("never polled")));

    let d = DEPTH.sync_scope(1, || {
        let inner = DEPTH.sync_scope(DEPTH.get() + 1, || DEPTH.get());
        (DEPTH.get(), inner)
    });
    log!("main", "{:?} {:?}", d, DEPTH.try_with(|d| *d).ok());
    let r = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        std::panic::set_hook(Box::new(|_| {}));
        DEPTH.sync_scope(7, || -> () { panic!("spilled") })
    }));
    log!("main", "panicked={} {:?}", r.is_err(), DEPTH.try_with(|d| *d).ok());
}
