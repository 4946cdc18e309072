//! Notify, cancellation tokens, and the tracker.
use super::world::*;
use super::{launch, perform};

pub async fn signals(o: &Arc<Op>, e: &Arc<World>, s: &Arc<State>) -> Option<String> {
    let a = |i: usize| o.n.get(i).copied().unwrap_or(0);
    let ix = |i: usize, len: usize| (a(i) as usize) % len;
    Some(match o.name.as_str() {
        "notified" => {
            e.n[ix(0, e.n.len())].notified().await;
            "ok".into()
        }
        "mknote" => {
            let n = Box::pin(e.n[ix(0, e.n.len())].clone().notified_owned());
            s.notes.lock().unwrap().push(n);
            "ok".into()
        }
        "enable" => match s.notes.lock().unwrap().last_mut() {
            Some(n) => format!("{}", n.as_mut().enable()),
            None => "none".into(),
        },
        "awaitnote" => {
            let n = s.notes.lock().unwrap().pop();
            match n {
                Some(n) => {
                    n.await;
                    "ok".into()
                }
                None => "none".into(),
            }
        }
        "dropnote" => {
            let n = s.notes.lock().unwrap().pop();
            format!("{}", n.is_some())
        }
        "notifyone" => {
            e.n[ix(0, e.n.len())].notify_one();
            "ok".into()
        }
        "notifylast" => {
            e.n[ix(0, e.n.len())].notify_last();
            "ok".into()
        }
        "notifywaiters" => {
            e.n[ix(0, e.n.len())].notify_waiters();
            "ok".into()
        }
        "cancel" => {
            e.tok[ix(0, e.tok.len())].cancel();
            "ok".into()
        }
        "cancelled" => {
            e.tok[ix(0, e.tok.len())].cancelled().await;
            "ok".into()
        }
        "iscancelled" => {
            let v: Vec<String> = e.tok.iter().map(|t| t.is_cancelled().to_string()).collect();
            v.join(" ")
        }
        "untilcancelled" => {
            let r = e.tok[ix(0, e.tok.len())]
                .run_until_cancelled(perform(o.kids[0].clone(), e.clone(), s.clone()))
                .await;
            format!("{}", r.is_some())
        }
        "trackwait" => {
            e.tracker.wait().await;
            "ok".into()
        }
        "trackclose" => format!("{}", e.tracker.close()),
        "trackreopen" => format!("{}", e.tracker.reopen()),
        "tracklen" => format!("{}", e.tracker.len()),
        _ => return None,
    })
}
