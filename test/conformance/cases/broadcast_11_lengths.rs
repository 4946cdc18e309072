// Pins: a receiver's length counts what it has lost; a sender's is what the slowest receiver can still read, up to the capacity
#[path = "../common.rs"]
#[macro_use]
mod common;
use common::*;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    start();
    let (tx, mut slow) = broadcast::channel::<u32>(4);
    let mut fast = tx.subscribe();
    log!("main", "tx {} {} slow {} fast {}", tx.len(), tx.is_empty(), slow.len(), fast.len());
    for i in 0..3 {
        tx.send(i).unwrap();
    }
    while !fast.is_empty() {
        fast.try_recv().unwrap();
    }
    log!("main", "tx {} {} slow {} fast {}", tx.len(), tx.is_empty(), slow.len(), fast.len());
    slow.try_recv().unwrap();
    log!("main", "tx {} {} slow {} fast {}", tx.len(), tx.is_empty(), slow.len(), fast.len());
    for i in 3..9 {
        tx.send(i).unwrap();
    }
    log!("main", "tx {} {} slow {} fast {}", tx.len(), tx.is_empty(), slow.len(), fast.len());
    log!("main", "slow {:?}", slow.try_recv());
    log!("main", "tx {} {} slow {} fast {}", tx.len(), tx.is_empty(), slow.len(), fast.len());
    drop(slow);
    log!("main", "tx {} {} fast {}", tx.len(), tx.is_empty(), fast.len());
    log!("main", "fast {:?} {:?}", fast.try_recv(), fast.try_recv());
    log!("main", "tx {} {} fast {}", tx.len(), tx.is_empty(), fast.len());
    drop(fast);
    log!("main", "tx {} {} receivers {}", tx.len(), tx.is_empty(), tx.receiver_count());
}
