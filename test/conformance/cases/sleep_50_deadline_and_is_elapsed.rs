// Pins: deadline() and is_elapsed() of a sleep: unpolled, polled, fired, reset
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let s = sleep(ms(10));
    tokio::pin!(s);
    log!(
        "main",
        "deadline {} elapsed {}",
        at(s.deadline()),
        s.is_elapsed()
    );
    sleep(ms(20)).await;
    log!("main", "unpolled, past: elapsed {}", s.is_elapsed());
    log!(
        "main",
        "ready={} elapsed {}",
        futures::poll!(s.as_mut()).is_ready(),
        s.is_elapsed()
    );
    s.as_mut().reset(Instant::now() + ms(15));
    log!(
        "main",
        "deadline {} elapsed {}",
        at(s.deadline()),
        s.is_elapsed()
    );
    log!("main", "ready={}", futures::poll!(s.as_mut()).is_ready());
    sleep(ms(15)).await;
    log!("main", "fired: elapsed {}", s.is_elapsed());
    s.as_mut().reset(Instant::now() - ms(5));
    log!(
        "main",
        "deadline {} elapsed {}",
        at(s.deadline()),
        s.is_elapsed()
    );
    s.as_mut().await;
    log!("main", "ready, elapsed {}", s.is_elapsed());
}
