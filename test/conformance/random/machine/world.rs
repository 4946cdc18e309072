//! What a program works with: the resources that all share, and what each task has of its own.
pub use std::future::Future;
pub use std::pin::Pin;
pub use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
pub use std::sync::{Arc, Mutex as Std};
pub use std::task::{Context, Poll};
pub use std::time::Duration;
pub use tokio::sync::futures::OwnedNotified;
pub use tokio::sync::{
    broadcast, mpsc, oneshot, watch, Barrier, Mutex, Notify, OnceCell, OwnedMutexGuard,
    OwnedRwLockReadGuard, OwnedRwLockWriteGuard, OwnedSemaphorePermit, RwLock, Semaphore,
};
pub use tokio::task::{yield_now, JoinHandle, JoinSet};
pub use tokio::time::{interval, sleep, timeout, Instant, Interval, MissedTickBehavior, Sleep};
pub use tokio::{join, select, spawn};
pub use tokio_util::sync::{CancellationToken, DropGuard};
pub use tokio_util::task::TaskTracker;

tokio::task_local! {
    pub static USER: i64;
}

static ZERO: Std<Option<Instant>> = Std::new(None);
static LAST: AtomicUsize = AtomicUsize::new(0);
/// What is dropped with the runtime is dropped in an order that depends on the tasks' numbers.
static OVER: AtomicBool = AtomicBool::new(false);

/// A new program begins.
pub fn begin() {
    *ZERO.lock().unwrap() = Some(Instant::now());
    OVER.store(false, Ordering::SeqCst);
}

pub fn zero() -> Instant {
    ZERO.lock().unwrap().unwrap()
}

pub fn log(label: &str, text: String) {
    if OVER.load(Ordering::SeqCst) {
        return;
    }
    if tokio::runtime::Handle::try_current().is_ok() {
        LAST.store(zero().elapsed().as_millis() as usize, Ordering::SeqCst);
    }
    println!("{} {} {}", LAST.load(Ordering::SeqCst), label, text);
}

pub fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// An operation: `(name 1 2 (kid) (kid))`.
pub struct Op {
    pub name: String,
    pub n: Vec<i64>,
    pub kids: Vec<Arc<Op>>,
}

pub fn parse(tokens: &[&str], i: &mut usize) -> Arc<Op> {
    let name = tokens[*i + 1].to_string();
    *i += 2;
    let (mut n, mut kids) = (Vec::new(), Vec::new());
    loop {
        match tokens[*i] {
            ")" => break,
            "(" => kids.push(parse(tokens, i)),
            number => {
                n.push(number.parse().unwrap());
                *i += 1;
            }
        }
    }
    *i += 1;
    Arc::new(Op { name, n, kids })
}

/// What a task holds.
pub enum G {
    M(#[allow(dead_code)] OwnedMutexGuard<()>),
    S(OwnedSemaphorePermit),
    R(#[allow(dead_code)] OwnedRwLockReadGuard<u32>),
    W(OwnedRwLockWriteGuard<u32>),
    T(#[allow(dead_code)] DropGuard),
}

pub struct World {
    pub m: Vec<Arc<Mutex<()>>>,
    pub s: Vec<Arc<Semaphore>>,
    pub r: Vec<Arc<RwLock<u32>>>,
    pub n: Vec<Arc<Notify>>,
    pub b: Vec<Arc<Barrier>>,
    pub once: Vec<Arc<OnceCell<i64>>>,
    pub tok: Vec<CancellationToken>,
    pub tracker: TaskTracker,
    pub tx: Vec<Std<Option<mpsc::Sender<i64>>>>,
    pub rx: Vec<Std<Option<mpsc::Receiver<i64>>>>,
    pub weak: Vec<mpsc::WeakSender<i64>>,
    pub utx: Vec<Std<Option<mpsc::UnboundedSender<i64>>>>,
    pub urx: Vec<Std<Option<mpsc::UnboundedReceiver<i64>>>>,
    pub otx: Vec<Std<Option<oneshot::Sender<i64>>>>,
    pub orx: Vec<Std<Option<oneshot::Receiver<i64>>>>,
    pub wtx: Std<Option<watch::Sender<i64>>>,
    pub wrx: watch::Receiver<i64>,
    pub btx: Std<Option<broadcast::Sender<i64>>>,
    tasks: AtomicUsize,
}

impl World {
    /// `sizes`: of the two channels, of the two semaphores, of the broadcast channel.
    pub fn new(sizes: &[i64]) -> World {
        let size = |i: usize| sizes[i] as usize;
        let (mut tx, mut rx) = (Vec::new(), Vec::new());
        for i in 0..2 {
            let (t, r) = mpsc::channel(size(i));
            tx.push(t);
            rx.push(Std::new(Some(r)));
        }
        let (utx, urx) = mpsc::unbounded_channel();
        let (mut otx, mut orx) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            let (t, r) = oneshot::channel();
            otx.push(Std::new(Some(t)));
            orx.push(Std::new(Some(r)));
        }
        let (wtx, wrx) = watch::channel(0);
        let (btx, _) = broadcast::channel(size(4));
        let root = CancellationToken::new();
        let (child, other) = (root.child_token(), root.child_token());
        let grandchild = child.child_token();
        World {
            m: (0..2).map(|_| Arc::default()).collect(),
            s: (2..4).map(|i| Arc::new(Semaphore::new(size(i)))).collect(),
            r: vec![Arc::new(RwLock::new(0))],
            n: (0..2).map(|_| Arc::new(Notify::new())).collect(),
            b: vec![Arc::new(Barrier::new(2))],
            once: (0..2).map(|_| Arc::new(OnceCell::new())).collect(),
            tok: vec![root, child, other, grandchild],
            tracker: TaskTracker::new(),
            weak: tx.iter().map(|t| t.downgrade()).collect(),
            tx: tx.into_iter().map(|t| Std::new(Some(t))).collect(),
            rx,
            utx: vec![Std::new(Some(utx))],
            urx: vec![Std::new(Some(urx))],
            otx,
            orx,
            wtx: Std::new(Some(wtx)),
            wrx,
            btx: Std::new(Some(btx)),
            tasks: AtomicUsize::new(0),
        }
    }
}

/// What one task has. It drops in this order.
pub struct State {
    pub name: &'static str,
    pub guards: Std<Vec<G>>,
    pub permits: Std<Vec<mpsc::OwnedPermit<i64>>>,
    pub notes: Std<Vec<Pin<Box<OwnedNotified>>>>,
    pub kids: Std<Vec<Option<JoinHandle<()>>>>,
    pub set: Std<JoinSet<()>>,
    pub wrx: Arc<Mutex<watch::Receiver<i64>>>,
    pub brx: Option<Arc<Mutex<broadcast::Receiver<i64>>>>,
    pub iv: Std<Option<Interval>>,
    pub sl: Std<Vec<Pin<Box<Sleep>>>>,
}

impl State {
    pub fn new(world: &World) -> Arc<State> {
        let number = world.tasks.fetch_add(1, Ordering::SeqCst);
        let name = if number == 0 {
            "main".to_string()
        } else {
            format!("t{}", number)
        };
        let sender = world.btx.lock().unwrap();
        Arc::new(State {
            name: Box::leak(name.into_boxed_str()),
            guards: Default::default(),
            permits: Default::default(),
            notes: Default::default(),
            kids: Default::default(),
            set: Default::default(),
            wrx: Arc::new(Mutex::new(world.wrx.clone())),
            brx: sender.as_ref().map(|b| Arc::new(Mutex::new(b.subscribe()))),
            iv: Default::default(),
            sl: Default::default(),
        })
    }
}

impl Drop for State {
    fn drop(&mut self) {
        log(self.name, "state drop".into());
        if self.name == "main" {
            OVER.store(true, Ordering::SeqCst);
        }
    }
}

/// Logs every poll of a task, and its drop.
pub struct Traced<F> {
    pub label: &'static str,
    pub inner: Pin<Box<F>>,
    pub polls: u32,
    pub done: bool,
}

impl<F: Future> Future for Traced<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.polls += 1;
        log(self.label, format!("poll#{}", self.polls));
        let answer = self.inner.as_mut().poll(cx);
        self.done = answer.is_ready();
        let word = if self.done { "ready" } else { "pending" };
        log(self.label, format!("{}#{}", word, self.polls));
        answer
    }
}

impl<F> Drop for Traced<F> {
    fn drop(&mut self) {
        if !self.done {
            log(self.label, "drop-unfinished".into());
        }
    }
}

/// Wakes its own task, once.
pub struct SelfWake(pub bool);

impl Future for SelfWake {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
