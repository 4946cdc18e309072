/**
 * mpsc, unbounded, oneshot, watch, broadcast.
 *
 * @module
 */
import { type Context, Future, type mpsc, Pending, type Poll, pollFuture, SendError } from 'async-lessons';
import { caught, errorText, option, outcome, sent } from '../../common.ts';
import { at, type Call, type Operation, take, takeAndDrop } from './world.ts';

/** A clone of a sender for one operation, unless it is gone. */
function sender(call: Call): mpsc.Sender<number> | undefined {
  return at(call.world.tx, call)?.clone();
}

/** What `run` answers, or the text of what it throws. */
function attempt(run: () => unknown): string {
  try {
    return `${run()}`;
  } catch (error) {
    return errorText(error);
  }
}

/** Receives as Rust's `poll_fn` does: it asks for the receiver at every poll, and it may be gone. */
class Receive<T> extends Future<string> {
  readonly #receiver: () => mpsc.Receiver<number> | undefined;
  readonly #ask: (rx: mpsc.Receiver<number>) => Future<T>;
  readonly #show: (value: T) => string;
  #future: Future<T> | undefined = undefined;

  constructor(
    receiver: () => mpsc.Receiver<number> | undefined,
    ask: (rx: mpsc.Receiver<number>) => Future<T>,
    show: (value: T) => string,
  ) {
    super();
    this.#receiver = receiver;
    this.#ask = ask;
    this.#show = show;
  }

  override poll(cx: Context): Poll<string> {
    const receiver = this.#receiver();
    if (receiver === undefined) return 'gone';
    this.#future ??= this.#ask(receiver);
    const answer = pollFuture(this.#future, cx);
    return answer === Pending ? Pending : this.#show(answer);
  }
}

export const CHANNELS: Readonly<Record<string, Operation>> = {
  *send(call) {
    using tx = sender(call);
    if (tx === undefined) return 'none';
    const r = yield* outcome(tx.send(call.n(1)));
    return sent('error' in r ? r.error : undefined);
  },
  *sendtimeout(call) {
    using tx = sender(call);
    if (tx === undefined) return 'none';
    const r = yield* outcome(tx.sendTimeout(call.n(1), call.n(2)));
    return sent('error' in r ? r.error : undefined);
  },
  trysend(call) {
    using tx = sender(call);
    return tx === undefined ? 'none' : sent(caught(() => tx.trySend(call.n(1))));
  },
  capacity(call) {
    using tx = sender(call);
    return tx === undefined ? 'none' : `${tx.capacity}`;
  },
  *reserve(call) {
    const tx = sender(call);
    if (tx === undefined) return 'none';
    let kept = false;
    try {
      const r = yield* outcome(tx.reserve());
      if ('error' in r) return 'closed';
      kept = true;
      call.me.permits.push({ permit: r.value, sender: tx });
      return 'ok';
    } finally {
      if (!kept) tx[Symbol.dispose]();
    }
  },
  sendpermit({ me, n }) {
    const taken = me.permits.pop();
    if (taken === undefined) return 'none';
    taken.permit.send(n(0));
    taken.sender[Symbol.dispose]();
    return 'ok';
  },
  droppermit({ me }) {
    const taken = me.permits.pop();
    taken?.permit[Symbol.dispose]();
    taken?.sender[Symbol.dispose]();
    return `${taken !== undefined}`;
  },
  *closed(call) {
    using tx = sender(call);
    if (tx === undefined) return 'none';
    yield* tx.closed();
    return 'ok';
  },
  *recv(call) {
    return yield* new Receive(
      () => at(call.world.rx, call),
      (rx) => rx.recv(),
      option,
    );
  },
  *recvmany(call) {
    return yield* new Receive(
      () => at(call.world.rx, call),
      (rx) => rx.recvMany(call.n(1)),
      (batch) => batch.join(' '),
    );
  },
  tryrecv(call) {
    const rx = at(call.world.rx, call);
    return rx === undefined ? 'gone' : attempt(() => rx.tryRecv());
  },
  droprx: (call) => takeAndDrop(call.world.rx, call),
  droptx: (call) => takeAndDrop(call.world.tx, call),
  *reservemany(call) {
    using tx = sender(call);
    if (tx === undefined) return 'none';
    const r = yield* outcome(tx.reserveMany(call.n(1)));
    if ('error' in r) return 'closed';
    const { length } = r.value;
    let i = 0;
    for (const permit of r.value) {
      if (i % 2 === 0) permit.send(i);
      else permit[Symbol.dispose]();
      if (call.n(2) === i) break;
      i += 1;
    }
    return `${length}`;
  },
  tryreservemany(call) {
    using tx = sender(call);
    if (tx === undefined) return 'none';
    return attempt(() => {
      for (const permit of tx.tryReserveMany(call.n(1))) permit.send(7);
      return 'ok';
    });
  },
  *upgrade(call) {
    using tx = at(call.world.weak, call).upgrade();
    if (tx === undefined) return 'none';
    if (call.n(1) === 0) return `${tx.strongCount} ${tx.weakCount}`;
    const r = yield* outcome(tx.send(call.n(1)));
    return sent('error' in r ? r.error : undefined);
  },
  rxstate(call) {
    const rx = at(call.world.rx, call);
    if (rx === undefined) return 'gone';
    return `${rx.length} ${rx.isEmpty()} ${rx.isClosed()} ${rx.capacity} ${rx.senderStrongCount}`;
  },
  usend({ world, n }) {
    using tx = world.utx[0]?.clone();
    return tx === undefined ? 'none' : sent(caught(() => tx.send(n(0))));
  },
  *urecv({ world }) {
    return yield* new Receive(
      () => world.urx,
      (rx) => rx.recv(),
      option,
    );
  },
  udroptx: (call) => takeAndDrop(call.world.utx, { ...call, n: () => 0 }),
  osend(call) {
    const tx = take(call.world.otx, call);
    if (tx === undefined) return 'none';
    const error = caught(() => tx.send(call.n(1)));
    return error instanceof SendError ? `Err(${error.value})` : 'Ok(())';
  },
  odrop: (call) => takeAndDrop(call.world.otx, call),
  *orecv(call) {
    const rx = take(call.world.orx, call);
    if (rx === undefined) return 'none';
    const r = yield* outcome(rx);
    return option('value' in r ? r.value : undefined);
  },
  *oclosed(call) {
    using tx = take(call.world.otx, call);
    if (tx === undefined) return 'none';
    yield* tx.closed();
    return 'ok';
  },
  wsend({ world, n }) {
    const tx = world.wtx[0];
    return tx === undefined ? 'none' : sent(caught(() => tx.send(n(0))));
  },
  wdrop: (call) => takeAndDrop(call.world.wtx, call),
  *wchanged({ me }) {
    using rx = yield* me.wrx.lock();
    const r = yield* outcome(rx.value.changed());
    return `${'value' in r} ${rx.value.borrow()}`;
  },
  *wborrow({ me }) {
    using rx = yield* me.wrx.lock();
    return `${rx.value.borrowAndUpdate()}`;
  },
  *waitfor({ me, n }) {
    using rx = yield* me.wrx.lock();
    const r = yield* outcome(rx.value.waitFor((v) => v >= n(0)));
    return option('value' in r ? r.value : undefined);
  },
  bsend({ world, n }) {
    const tx = world.btx[0];
    if (tx === undefined) return 'none';
    try {
      return `${tx.send(n(0))}`;
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      return 'err';
    }
  },
  bdrop: (call) => takeAndDrop(call.world.btx, call),
  *brecv({ me }) {
    if (me.brx === undefined) return 'none';
    using rx = yield* me.brx.lock();
    const r = yield* outcome(rx.value.recv());
    return 'value' in r ? `${r.value}` : errorText(r);
  },
  btryrecv({ me }) {
    if (me.brx === undefined) return 'none';
    using rx = me.brx.tryLock();
    return rx === undefined ? 'busy' : attempt(() => rx.value.tryRecv());
  },
};
