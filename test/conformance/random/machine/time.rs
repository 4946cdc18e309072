//! Sleeps, intervals, the budget, and the clock.
use super::world::*;

pub async fn time(o: &Arc<Op>, e: &Arc<World>, s: &Arc<State>) -> Option<String> {
    let a = |i: usize| o.n.get(i).copied().unwrap_or(0);
    let ix = |i: usize, len: usize| (a(i) as usize) % len;
    Some(match o.name.as_str() {
        "sleep" => {
            sleep(ms(a(0) as u64)).await;
            "ok".into()
        }
        "yield" => {
            yield_now().await;
            "ok".into()
        }
        "selfwake" => {
            SelfWake(false).await;
            "ok".into()
        }
        "consume" => {
            for _ in 0..a(0) {
                tokio::task::consume_budget().await;
            }
            "ok".into()
        }
        "burn" => {
            let m = Mutex::new(());
            for _ in 0..a(0) {
                drop(m.lock().await);
            }
            "ok".into()
        }
        "mkinterval" => {
            let mut i = interval(ms(a(0).max(1) as u64));
            i.set_missed_tick_behavior(match a(1) {
                0 => MissedTickBehavior::Burst,
                1 => MissedTickBehavior::Delay,
                _ => MissedTickBehavior::Skip,
            });
            *s.iv.lock().unwrap() = Some(i);
            "ok".into()
        }
        "tick" => {
            let r = ::futures::future::poll_fn(|cx| match s.iv.lock().unwrap().as_mut() {
                Some(i) => i.poll_tick(cx).map(Some),
                None => Poll::Ready(None),
            })
            .await;
            match r {
                Some(i) => format!("{}", (i - zero()).as_millis()),
                None => "none".into(),
            }
        }
        "resetiv" => match s.iv.lock().unwrap().as_mut() {
            Some(i) => {
                match a(0) {
                    0 => i.reset(),
                    1 => i.reset_immediately(),
                    n => i.reset_after(ms(n as u64)),
                }
                "ok".into()
            }
            None => "none".into(),
        },
        "mksleep" => {
            s.sl.lock().unwrap().push(Box::pin(sleep(ms(a(0) as u64))));
            "ok".into()
        }
        "resetsleep" => match s.sl.lock().unwrap().last_mut() {
            Some(x) => {
                x.as_mut().reset(Instant::now() + ms(a(0) as u64));
                format!("{}", x.is_elapsed())
            }
            None => "none".into(),
        },
        "pollsleep" => {
            let x = s.sl.lock().unwrap().pop();
            match x {
                Some(mut x) => {
                    let r = ::futures::poll!(x.as_mut()).is_ready();
                    s.sl.lock().unwrap().push(x);
                    format!("{}", r)
                }
                None => "none".into(),
            }
        }
        "elapsed" => match s.sl.lock().unwrap().last() {
            Some(x) => format!("{} {}", x.is_elapsed(), (x.deadline() - zero()).as_millis()),
            None => "none".into(),
        },
        "awaitsleep" => {
            let x = s.sl.lock().unwrap().pop();
            match x {
                Some(x) => {
                    x.await;
                    "ok".into()
                }
                None => "none".into(),
            }
        }
        "dropsleep" => format!("{}", s.sl.lock().unwrap().pop().is_some()),
        "advance" => {
            tokio::time::advance(ms(a(0) as u64)).await;
            "ok".into()
        }
        _ => return None,
    })
}
