//! mpsc, unbounded, oneshot, watch, broadcast.
use super::world::*;

pub async fn channels(o: &Arc<Op>, e: &Arc<World>, s: &Arc<State>) -> Option<String> {
    let a = |i: usize| o.n.get(i).copied().unwrap_or(0);
    let ix = |i: usize, len: usize| (a(i) as usize) % len;
    Some(match o.name.as_str() {
        "send" => {
            let t = e.tx[ix(0, e.tx.len())].lock().unwrap().clone();
            match t {
                Some(t) => sent(t.send(a(1)).await),
                None => "none".into(),
            }
        }
        "sendtimeout" => {
            let t = e.tx[ix(0, e.tx.len())].lock().unwrap().clone();
            match t {
                Some(t) => sent_timeout(t.send_timeout(a(1), ms(a(2) as u64)).await),
                None => "none".into(),
            }
        }
        "trysend" => {
            let t = e.tx[ix(0, e.tx.len())].lock().unwrap().clone();
            match t {
                Some(t) => try_sent(t.try_send(a(1))),
                None => "none".into(),
            }
        }
        "capacity" => {
            let t = e.tx[ix(0, e.tx.len())].lock().unwrap().clone();
            match t {
                Some(t) => format!("{}", t.capacity()),
                None => "none".into(),
            }
        }
        "reserve" => {
            let t = e.tx[ix(0, e.tx.len())].lock().unwrap().clone();
            match t {
                Some(t) => match t.reserve_owned().await {
                    Ok(p) => {
                        s.permits.lock().unwrap().push(p);
                        "ok".into()
                    }
                    Err(_) => "closed".into(),
                },
                None => "none".into(),
            }
        }
        "sendpermit" => {
            let p = s.permits.lock().unwrap().pop();
            match p {
                Some(p) => {
                    p.send(a(0));
                    "ok".into()
                }
                None => "none".into(),
            }
        }
        "droppermit" => {
            let p = s.permits.lock().unwrap().pop();
            format!("{}", p.is_some())
        }
        "closed" => {
            let t = e.tx[ix(0, e.tx.len())].lock().unwrap().clone();
            match t {
                Some(t) => {
                    t.closed().await;
                    "ok".into()
                }
                None => "none".into(),
            }
        }
        "recv" => {
            let i = ix(0, e.rx.len());
            let r = ::futures::future::poll_fn(|cx| match e.rx[i].lock().unwrap().as_mut() {
                Some(r) => r.poll_recv(cx).map(Some),
                None => Poll::Ready(None),
            })
            .await;
            match r {
                None => "gone".into(),
                Some(v) => format!("{:?}", v),
            }
        }
        "tryrecv" => match e.rx[ix(0, e.rx.len())].lock().unwrap().as_mut() {
            Some(r) => match r.try_recv() {
                Ok(v) => format!("{}", v),
                Err(x) => x.to_string(),
            },
            None => "gone".into(),
        },
        "droprx" => {
            let r = e.rx[ix(0, e.rx.len())].lock().unwrap().take();
            format!("{}", r.is_some())
        }
        "droptx" => {
            let r = e.tx[ix(0, e.tx.len())].lock().unwrap().take();
            format!("{}", r.is_some())
        }
        "recvmany" => {
            let i = ix(0, e.rx.len());
            let mut buf = vec![];
            let r = ::futures::future::poll_fn(|cx| match e.rx[i].lock().unwrap().as_mut() {
                Some(r) => r.poll_recv_many(cx, &mut buf, a(1) as usize).map(Some),
                None => Poll::Ready(None),
            })
            .await;
            match r {
                None => "gone".into(),
                Some(_) => buf
                    .iter()
                    .map(|v| v.to_string())
                    .collect::<Vec<_>>()
                    .join(" "),
            }
        }
        "reservemany" => {
            let t = e.tx[ix(0, e.tx.len())].lock().unwrap().clone();
            match t {
                Some(t) => match t.reserve_many(a(1) as usize).await {
                    Ok(it) => {
                        let l = it.len();
                        for (i, p) in it.enumerate() {
                            if i % 2 == 0 {
                                p.send(i as i64);
                            } else {
                                drop(p);
                            }
                            if a(2) == i as i64 {
                                break;
                            }
                        }
                        format!("{}", l)
                    }
                    Err(_) => "closed".into(),
                },
                None => "none".into(),
            }
        }
        "tryreservemany" => {
            let t = e.tx[ix(0, e.tx.len())].lock().unwrap().clone();
            match t {
                Some(t) => {
                    let r = t.try_reserve_many(a(1) as usize);
                    match r {
                        Ok(it) => {
                            for p in it {
                                p.send(7);
                            }
                            "ok".into()
                        }
                        Err(x) => x.to_string(),
                    }
                }
                None => "none".into(),
            }
        }
        "upgrade" => match e.weak[ix(0, 2)].upgrade() {
            Some(t) => {
                if a(1) > 0 {
                    sent(t.send(a(1)).await)
                } else {
                    format!("{} {}", t.strong_count(), t.weak_count())
                }
            }
            None => "none".into(),
        },
        "rxstate" => match e.rx[ix(0, 2)].lock().unwrap().as_ref() {
            Some(r) => format!(
                "{} {} {} {} {}",
                r.len(),
                r.is_empty(),
                r.is_closed(),
                r.capacity(),
                r.sender_strong_count()
            ),
            None => "gone".into(),
        },
        "usend" => {
            let t = e.utx[0].lock().unwrap().clone();
            match t {
                Some(t) => sent(t.send(a(0))),
                None => "none".into(),
            }
        }
        "urecv" => {
            let r = ::futures::future::poll_fn(|cx| match e.urx[0].lock().unwrap().as_mut() {
                Some(r) => r.poll_recv(cx).map(Some),
                None => Poll::Ready(None),
            })
            .await;
            match r {
                None => "gone".into(),
                Some(v) => format!("{:?}", v),
            }
        }
        "udroptx" => format!("{}", e.utx[0].lock().unwrap().take().is_some()),
        "osend" => {
            let t = e.otx[ix(0, e.otx.len())].lock().unwrap().take();
            match t {
                Some(t) => format!("{:?}", t.send(a(1))),
                None => "none".into(),
            }
        }
        "odrop" => format!(
            "{}",
            e.otx[ix(0, e.otx.len())].lock().unwrap().take().is_some()
        ),
        "orecv" => {
            let r = e.orx[ix(0, e.orx.len())].lock().unwrap().take();
            match r {
                Some(r) => format!("{:?}", r.await.ok()),
                None => "none".into(),
            }
        }
        "oclosed" => {
            let t = e.otx[ix(0, e.otx.len())].lock().unwrap().take();
            match t {
                Some(mut t) => {
                    t.closed().await;
                    "ok".into()
                }
                None => "none".into(),
            }
        }
        "wsend" => match e.wtx.lock().unwrap().as_ref() {
            Some(t) => watch_sent(t.send(a(0))),
            None => "none".into(),
        },
        "wdrop" => format!("{}", e.wtx.lock().unwrap().take().is_some()),
        "wchanged" => {
            let mut g = s.wrx.clone().lock_owned().await;
            let r = g.changed().await;
            format!("{} {}", r.is_ok(), *g.borrow())
        }
        "wborrow" => {
            let mut g = s.wrx.clone().lock_owned().await;
            let v = *g.borrow_and_update();
            format!("{}", v)
        }
        "waitfor" => {
            let mut g = s.wrx.clone().lock_owned().await;
            let want = a(0);
            let r = g.wait_for(|v| *v >= want).await.map(|v| *v).ok();
            format!("{:?}", r)
        }
        "bsend" => match e.btx.lock().unwrap().as_ref() {
            Some(t) => match t.send(a(0)) {
                Ok(n) => format!("{}", n),
                Err(_) => "err".into(),
            },
            None => "none".into(),
        },
        "bdrop" => format!("{}", e.btx.lock().unwrap().take().is_some()),
        "brecv" => match s.brx.clone() {
            Some(m) => {
                let mut g = m.lock_owned().await;
                match g.recv().await {
                    Ok(v) => format!("{}", v),
                    Err(x) => x.to_string(),
                }
            }
            None => "none".into(),
        },
        "btryrecv" => match s.brx.clone() {
            Some(m) => match m.try_lock_owned() {
                Ok(mut g) => match g.try_recv() {
                    Ok(v) => format!("{}", v),
                    Err(x) => x.to_string(),
                },
                Err(_) => "busy".into(),
            },
            None => "none".into(),
        },
        _ => return None,
    })
}

fn sent(r: Result<(), mpsc::error::SendError<i64>>) -> String {
    match r {
        Ok(()) => "Ok".into(),
        Err(e) => format!("SendError({})", e.0),
    }
}

fn try_sent(r: Result<(), mpsc::error::TrySendError<i64>>) -> String {
    match r {
        Ok(()) => "Ok".into(),
        Err(mpsc::error::TrySendError::Full(v)) => format!("Full({})", v),
        Err(mpsc::error::TrySendError::Closed(v)) => format!("Closed({})", v),
    }
}

fn sent_timeout(r: Result<(), mpsc::error::SendTimeoutError<i64>>) -> String {
    match r {
        Ok(()) => "Ok".into(),
        Err(mpsc::error::SendTimeoutError::Timeout(v)) => format!("Timeout({})", v),
        Err(mpsc::error::SendTimeoutError::Closed(v)) => format!("Closed({})", v),
    }
}

fn watch_sent(r: Result<(), watch::error::SendError<i64>>) -> String {
    match r {
        Ok(()) => "Ok".into(),
        Err(e) => format!("SendError({})", e.0),
    }
}
