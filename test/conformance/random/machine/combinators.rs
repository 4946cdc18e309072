//! What polls several futures, or one with a limit.
use super::world::*;
use super::{launch, perform};

pub async fn combinators(o: &Arc<Op>, e: &Arc<World>, s: &Arc<State>) -> Option<String> {
    let a = |i: usize| o.n.get(i).copied().unwrap_or(0);
    let ix = |i: usize, len: usize| (a(i) as usize) % len;
    Some(match o.name.as_str() {
        "timeout" => {
            let r = timeout(
                ms(a(0) as u64),
                perform(o.kids[0].clone(), e.clone(), s.clone()),
            )
            .await;
            format!("{}", r.is_ok())
        }
        "unconstrained" => {
            tokio::task::unconstrained(perform(o.kids[0].clone(), e.clone(), s.clone())).await;
            "ok".into()
        }
        "select" => {
            let mask = a(0);
            let k = |i: usize| perform(o.kids[i].clone(), e.clone(), s.clone());
            let w = match o.kids.len() {
                1 => select! { biased; _ = k(0), if mask & 1 != 0 => 0, else => 9 },
                2 => {
                    select! { biased; _ = k(0), if mask & 1 != 0 => 0, _ = k(1), if mask & 2 != 0 => 1, else => 9 }
                }
                _ => {
                    select! { biased; _ = k(0), if mask & 1 != 0 => 0, _ = k(1), if mask & 2 != 0 => 1, _ = k(2), if mask & 4 != 0 => 2, else => 9 }
                }
            };
            format!("{}", w)
        }
        "joinm" => {
            let k = |i: usize| perform(o.kids[i].clone(), e.clone(), s.clone());
            match o.kids.len() {
                1 => {
                    join!(k(0));
                }
                2 => {
                    join!(k(0), k(1));
                }
                _ => {
                    join!(k(0), k(1), k(2));
                }
            };
            "ok".into()
        }
        "joinall" => {
            ::futures::future::join_all(
                o.kids
                    .iter()
                    .map(|k| perform(k.clone(), e.clone(), s.clone())),
            )
            .await;
            "ok".into()
        }
        "unordered" => {
            use ::futures::stream::{FuturesUnordered, StreamExt};
            let mut f: FuturesUnordered<_> = FuturesUnordered::new();
            for (i, k) in o.kids.iter().enumerate() {
                let k = perform(k.clone(), e.clone(), s.clone());
                f.push(async move {
                    k.await;
                    i
                });
            }
            while let Some(i) = f.next().await {
                log(s.name, format!("unordered {}", i));
            }
            "ok".into()
        }
        _ => return None,
    })
}
