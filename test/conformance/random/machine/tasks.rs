//! Tasks, join sets, task-locals.
use super::world::*;
use super::{launch, perform};

pub async fn tasks(o: &Arc<Op>, e: &Arc<World>, s: &Arc<State>) -> Option<String> {
    let a = |i: usize| o.n.get(i).copied().unwrap_or(0);
    let ix = |i: usize, len: usize| (a(i) as usize) % len;
    Some(match o.name.as_str() {
        "spawn" => {
            let h = spawn(launch(o, e));
            s.kids.lock().unwrap().push(Some(h));
            "ok".into()
        }
        "track" => {
            let h = e.tracker.spawn(launch(o, e));
            s.kids.lock().unwrap().push(Some(h));
            "ok".into()
        }
        "join" => {
            let h = {
                let mut k = s.kids.lock().unwrap();
                let l = k.len();
                if l == 0 {
                    None
                } else {
                    k[(a(0) as usize) % l].take()
                }
            };
            match h {
                None => "none".into(),
                Some(h) => match h.await {
                    Ok(()) => "ok".into(),
                    Err(x) => {
                        if x.is_panic() {
                            "panic".into()
                        } else {
                            "cancelled".into()
                        }
                    }
                },
            }
        }
        "abort" => {
            let k = s.kids.lock().unwrap();
            let l = k.len();
            if l > 0 {
                if let Some(h) = &k[(a(0) as usize) % l] {
                    h.abort();
                    format!("finished={}", h.is_finished())
                } else {
                    "gone".into()
                }
            } else {
                "none".into()
            }
        }
        "detach" => {
            let h = {
                let mut k = s.kids.lock().unwrap();
                let l = k.len();
                if l == 0 {
                    None
                } else {
                    k[(a(0) as usize) % l].take()
                }
            };
            format!("{}", h.is_some())
        }
        "jsspawn" => {
            let f = launch(o, e);
            s.set.lock().unwrap().spawn(f);
            "ok".into()
        }
        "jsnext" => {
            let r = ::futures::future::poll_fn(|cx| s.set.lock().unwrap().poll_join_next(cx)).await;
            match r {
                None => "empty".into(),
                Some(Ok(())) => "ok".into(),
                Some(Err(x)) => {
                    if x.is_panic() {
                        "panic".into()
                    } else {
                        "cancelled".into()
                    }
                }
            }
        }
        "jstry" => {
            let r = s.set.lock().unwrap().try_join_next();
            match r {
                None => "empty".into(),
                Some(Ok(())) => "ok".into(),
                Some(Err(x)) => {
                    if x.is_panic() {
                        "panic".into()
                    } else {
                        "cancelled".into()
                    }
                }
            }
        }
        "jsabort" => {
            s.set.lock().unwrap().abort_all();
            "ok".into()
        }
        "jslen" => format!("{}", s.set.lock().unwrap().len()),
        "jsdetach" => {
            s.set.lock().unwrap().detach_all();
            "ok".into()
        }
        "panic" => {
            if s.name != "main" {
                log(s.name, "panics".into());
                panic!("boom")
            }
            "no".into()
        }
        "scope" => {
            USER.scope(a(0), perform(o.kids[0].clone(), e.clone(), s.clone()))
                .await;
            "ok".into()
        }
        "getlocal" => format!("{:?}", USER.try_with(|u| *u).ok()),
        _ => return None,
    })
}
