/** What a trace and a stuck program call a wait, and what they say it waits for. */
import {
  Barrier,
  BufReader,
  broadcast,
  CancellationToken,
  consumeBudget,
  cooperative,
  duplex,
  type Future,
  fromPromise,
  JoinSet,
  Mutex,
  mpsc,
  Notify,
  OnceCell,
  oneshot,
  pending,
  RwLock,
  Semaphore,
  SetOnce,
  sleep,
  sleepUntil,
  spawn,
  TaskLocal,
  TaskTracker,
  timeout,
  unconstrained,
  watch,
  yieldNow,
} from 'async-lessons';
import { expect, it } from 'vitest';
import { isResource } from '../../src/runtime/resource.ts';
import { run } from '../support/run.ts';

const channel = () => mpsc.channel<string>(2);

it('whoever waits for the value of a cell waits in getOrInit()', async () => {
  const waits: unknown[] = [];

  await run(
    function* () {
      const cell = new OnceCell<string>();
      spawn(cell.getOrInit(pending));
      spawn(cell.getOrInit(pending), { name: 'second' });
      yield* yieldNow();
    },
    {
      observer: (event) => {
        if (event.kind === 'task.poll-ended' && event.task.name === 'second') waits.push(event.awaits[0]?.op);
      },
    },
  );

  expect(waits).toEqual(['getOrInit()']);
});

it('a join handle waits for its task', () =>
  run(function* () {
    const kettle = spawn(pending(), { name: 'kettle' });

    expect(kettle.label).toBe('join(kettle)');
    expect(kettle.awaited).toMatchObject({ id: kettle.id, name: 'kettle' });
    yield* yieldNow();
  }));

it.each<[string, string | undefined, () => Future<unknown>]>([
  ['lock()', 'mutex', () => new Mutex(0).lock()],
  ['read()', 'rwlock', () => new RwLock(0).read()],
  ['write()', 'rwlock', () => new RwLock(0).write()],
  ['acquire()', 'semaphore', () => new Semaphore(1).acquire()],
  ['acquireMany(2)', 'semaphore', () => new Semaphore(1).acquireMany(2)],
  ['notified()', 'notify', () => new Notify().notified()],
  ['wait()', 'barrier', () => new Barrier(2).wait()],
  ['wait()', 'once', () => new SetOnce().wait()],
  ['wait()', 'tracker', () => new TaskTracker().wait()],
  ['trackFuture()', undefined, () => new TaskTracker().trackFuture(pending())],
  ['cancelled()', 'token', () => new CancellationToken().cancelled()],
  ['runUntilCancelled()', undefined, () => new CancellationToken().runUntilCancelled(pending())],
  ['send()', 'channel', () => channel()[0].send('tea')],
  ['reserve()', 'channel', () => channel()[0].reserve()],
  ['reserveMany(2)', 'channel', () => channel()[0].reserveMany(2)],
  ['closed()', 'channel', () => channel()[0].closed()],
  ['recv()', 'channel', () => channel()[1].recv()],
  ['recvMany(2)', 'channel', () => channel()[1].recvMany(2)],
  ['receive()', 'oneshot', () => oneshot.channel()[1]],
  ['closed()', 'oneshot', () => oneshot.channel()[0].closed()],
  ['recv()', 'broadcast', () => broadcast.channel(1)[1].recv()],
  ['closed()', 'broadcast', () => broadcast.channel(1)[0].closed()],
  ['changed()', 'watch', () => watch.channel(0)[1].changed()],
  ['waitFor()', 'watch', () => watch.channel(0)[1].waitFor(() => false) as Future<unknown>],
  ['closed()', 'watch', () => watch.channel(0)[0].closed()],
  ['joinNext()', 'joinset', () => new JoinSet().joinNext()],
  ['joinAll()', 'joinset', () => new JoinSet().joinAll()],
  ['shutdown()', 'joinset', () => new JoinSet().shutdown()],
  ['read(8 bytes)', 'pipe', () => duplex(1)[0].read(new Uint8Array(8))],
  ['readLine()', undefined, () => new BufReader(duplex(1)[0]).readLine()],
  ['yieldNow()', undefined, () => yieldNow()],
  ['pending()', undefined, () => pending()],
  ['consumeBudget()', undefined, () => consumeBudget()],
  ['cooperative()', undefined, () => cooperative(pending())],
  ['unconstrained()', undefined, () => unconstrained(pending())],
  ['USER.scope()', undefined, () => new TaskLocal<string>('USER').scope('ann', pending())],
  ['fromPromise()', 'promise', () => fromPromise(new Promise(() => {}))],
  ['sleep(5ms)', 'timer', () => sleep(5)],
  ['sleepUntil(5ms)', 'timer', () => sleepUntil(5)],
  ['timeout(5ms)', undefined, () => timeout(5, pending())],
])('%s waits for a %s', (label, kind, make) =>
  run(function* () {
    const future = make();

    expect(future.label).toBe(label);
    expect(isResource(future.awaited) ? future.awaited.kind : undefined).toBe(kind);
    future.drop();
  }),
);
