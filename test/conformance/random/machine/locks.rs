//! Mutexes, semaphores, an rwlock, a barrier, once cells. What is held lies on the task's stack of guards.
use super::world::*;
use super::{launch, perform};

pub async fn locks(o: &Arc<Op>, e: &Arc<World>, s: &Arc<State>) -> Option<String> {
    let a = |i: usize| o.n.get(i).copied().unwrap_or(0);
    let ix = |i: usize, len: usize| (a(i) as usize) % len;
    Some(match o.name.as_str() {
        "lock" => {
            let g = e.m[ix(0, e.m.len())].clone().lock_owned().await;
            s.guards.lock().unwrap().push(G::M(g));
            "ok".into()
        }
        "trylock" => match e.m[ix(0, e.m.len())].clone().try_lock_owned() {
            Ok(g) => {
                s.guards.lock().unwrap().push(G::M(g));
                "ok".into()
            }
            Err(_) => "none".into(),
        },
        "acquire" => match e.s[ix(0, e.s.len())]
            .clone()
            .acquire_many_owned(a(1) as u32)
            .await
        {
            Ok(p) => {
                s.guards.lock().unwrap().push(G::S(p));
                "ok".into()
            }
            Err(_) => "closed".into(),
        },
        "tryacquire" => match e.s[ix(0, e.s.len())]
            .clone()
            .try_acquire_many_owned(a(1) as u32)
        {
            Ok(p) => {
                s.guards.lock().unwrap().push(G::S(p));
                "ok".into()
            }
            Err(x) => x.to_string(),
        },
        "addpermits" => {
            e.s[ix(0, e.s.len())].add_permits(a(1) as usize);
            "ok".into()
        }
        "forgetpermits" => format!("{}", e.s[ix(0, e.s.len())].forget_permits(a(1) as usize)),
        "available" => format!("{}", e.s[ix(0, e.s.len())].available_permits()),
        "closesem" => {
            e.s[ix(0, e.s.len())].close();
            "ok".into()
        }
        "read" => {
            let g = e.r[ix(0, e.r.len())].clone().read_owned().await;
            let v = *g;
            s.guards.lock().unwrap().push(G::R(g));
            format!("{}", v)
        }
        "write" => {
            let mut g = e.r[ix(0, e.r.len())].clone().write_owned().await;
            *g += 1;
            s.guards.lock().unwrap().push(G::W(g));
            "ok".into()
        }
        "tryread" => match e.r[ix(0, e.r.len())].clone().try_read_owned() {
            Ok(g) => {
                s.guards.lock().unwrap().push(G::R(g));
                "ok".into()
            }
            Err(_) => "none".into(),
        },
        "trywrite" => match e.r[ix(0, e.r.len())].clone().try_write_owned() {
            Ok(g) => {
                s.guards.lock().unwrap().push(G::W(g));
                "ok".into()
            }
            Err(_) => "none".into(),
        },
        "downgrade" => {
            let g = s.guards.lock().unwrap().pop();
            match g {
                Some(G::W(g)) => {
                    let r = g.downgrade();
                    s.guards.lock().unwrap().push(G::R(r));
                    "ok".into()
                }
                Some(g) => {
                    s.guards.lock().unwrap().push(g);
                    "other".into()
                }
                None => "none".into(),
            }
        }
        "splitmerge" => {
            let g = s.guards.lock().unwrap().pop();
            match g {
                Some(G::S(mut p)) => match p.split(a(0) as usize) {
                    Some(q) => {
                        let t = format!("{} {}", p.num_permits(), q.num_permits());
                        s.guards.lock().unwrap().push(G::S(p));
                        s.guards.lock().unwrap().push(G::S(q));
                        t
                    }
                    None => {
                        s.guards.lock().unwrap().push(G::S(p));
                        "few".into()
                    }
                },
                Some(g) => {
                    s.guards.lock().unwrap().push(g);
                    "other".into()
                }
                None => "none".into(),
            }
        }
        "forget" => {
            let g = s.guards.lock().unwrap().pop();
            match g {
                Some(G::S(p)) => {
                    p.forget();
                    "ok".into()
                }
                Some(g) => {
                    s.guards.lock().unwrap().push(g);
                    "other".into()
                }
                None => "none".into(),
            }
        }
        "release" => {
            let g = {
                let mut v = s.guards.lock().unwrap();
                if v.is_empty() {
                    None
                } else if a(0) == 0 {
                    v.pop()
                } else {
                    Some(v.remove(0))
                }
            };
            match g {
                Some(g) => {
                    drop(g);
                    "ok".into()
                }
                None => "none".into(),
            }
        }
        "barrier" => format!("{}", e.b[ix(0, e.b.len())].wait().await.is_leader()),
        "once" => {
            let v = e.once[ix(0, e.once.len())]
                .get_or_init(|| {
                    let (o, e, s) = (o.clone(), e.clone(), s.clone());
                    async move {
                        for k in o.kids.clone() {
                            perform(k, e.clone(), s.clone()).await;
                        }
                        o.n[1]
                    }
                })
                .await;
            format!("{}", v)
        }
        "onceset" => match e.once[ix(0, e.once.len())].set(a(1)) {
            Ok(()) => "ok".into(),
            Err(x) => x.to_string(),
        },
        "dropguard" => {
            let g = e.tok[ix(0, e.tok.len())].clone().drop_guard();
            s.guards.lock().unwrap().push(G::T(g));
            "ok".into()
        }
        _ => return None,
    })
}
