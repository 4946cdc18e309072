//! Runs a program that is written as `(sizes ..) (main (spawn ..) ..)`.
mod channels;
mod combinators;
pub mod generate;
mod locks;
mod signals;
mod tasks;
mod time;
pub mod world;
use world::*;

/// The operations of a task, one after the other.
async fn body(ops: Vec<Arc<Op>>, e: Arc<World>, s: Arc<State>) {
    for op in ops {
        perform(op, e.clone(), s.clone()).await;
    }
}

/// A task with a state of its own, for `spawn` and its like.
fn launch(o: &Arc<Op>, e: &Arc<World>) -> impl Future<Output = ()> + Send {
    let (s, e, ops) = (State::new(e), e.clone(), o.kids.clone());
    Traced {
        label: s.name,
        inner: Box::pin(async move {
            let s = s;
            body(ops, e, s.clone()).await;
        }),
        polls: 0,
        done: false,
    }
}

/// One operation: does it, and says what came of it.
fn perform(o: Arc<Op>, e: Arc<World>, s: Arc<State>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        if o.name == "seq" {
            return body(o.kids.clone(), e, s).await;
        }
        let mut out = locks::locks(&o, &e, &s).await;
        if out.is_none() {
            out = signals::signals(&o, &e, &s).await;
        }
        if out.is_none() {
            out = channels::channels(&o, &e, &s).await;
        }
        if out.is_none() {
            out = time::time(&o, &e, &s).await;
        }
        if out.is_none() {
            out = tasks::tasks(&o, &e, &s).await;
        }
        if out.is_none() {
            out = combinators::combinators(&o, &e, &s).await;
        }
        let args: Vec<String> = o.n.iter().map(|v| v.to_string()).collect();
        log(
            s.name,
            format!("{} {} {}", o.name, args.join(","), out.unwrap()),
        );
    })
}

/// Runs a program on a runtime of its own, for 60 ms at most.
pub fn run(program: &str) {
    let spaced = program.replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut i = 0;
    let sizes = parse(&tokens, &mut i);
    let main = parse(&tokens, &mut i);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async move {
        begin();
        let e = Arc::new(World::new(&sizes.n));
        let s = State::new(&e);
        let r = timeout(ms(60), body(main.kids.clone(), e.clone(), s.clone())).await;
        log("main", format!("end {}", r.is_ok()));
    });
}
