import type { ResourceKind, ResourceOp, ResourceRef } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { deed, deedFor, news, type OpEvent, unnamed, yielded } from '../../src/trace/deeds.ts';
import { BOB, dated, HERE, HOME, MAIN } from '../support/views.ts';

const DOER = { who: 'bob', at: 'tea.ts:18' };

/** The first of its kind. */
function the(kind: ResourceKind): ResourceRef {
  return { id: 7, kind, name: `${kind} 1` };
}

function opOf(kind: ResourceKind, op: ResourceOp, task: typeof BOB | null = BOB): OpEvent {
  return dated({ kind: 'resource.op', resource: the(kind), task, ...op }) as OpEvent;
}

const ROOM = { length: 1, capacity: 2 };
const ONE = { permits: 1, available: 0 };
const TWO = { permits: 2, available: 0 };
const ALL = { permits: 2 ** 29, available: 0 };

describe('what a task did, and where', () => {
  it.each<[ResourceKind, ResourceOp, string]>([
    ['timer', { op: 'armed', deadline: 5 }, 'set timer 1'],
    ['timer', { op: 'fired' }, 'moved timer 1 to a time that was over'],
    ['timer', { op: 'cancelled' }, 'gave timer 1 up'],
    ['token', { op: 'cancelled' }, 'cancelled token 1'],
    ['channel', { op: 'sent', ...ROOM }, 'put a message into channel 1'],
    ['broadcast', { op: 'sent', ...ROOM }, 'put a message into broadcast 1'],
    ['oneshot', { op: 'sent', ...ROOM }, 'sent the value of oneshot 1'],
    ['channel', { op: 'received', ...ROOM }, 'took a message out of channel 1'],
    ['oneshot', { op: 'received', ...ROOM }, 'took the value of oneshot 1'],
    ['channel', { op: 'discarded', ...ROOM }, 'threw away what was left in channel 1'],
    ['channel', { op: 'reserved', ...ROOM }, 'kept room in channel 1'],
    ['channel', { op: 'returned', ...ROOM }, 'gave back the room it had kept in channel 1'],
    ['channel', { op: 'full', ...ROOM }, 'found no room in channel 1'],
    ['channel', { op: 'closed', by: 'senders' }, 'dropped the last sender of channel 1'],
    ['oneshot', { op: 'closed', by: 'senders' }, 'dropped the sender of oneshot 1'],
    ['pipe', { op: 'closed', by: 'senders' }, 'ended what it writes into pipe 1'],
    ['channel', { op: 'closed', by: 'receiver' }, 'closed the receiver of channel 1'],
    ['oneshot', { op: 'closed', by: 'receiver' }, 'closed the receiver of oneshot 1'],
    ['watch', { op: 'closed', by: 'receiver' }, 'dropped the last receiver of watch 1'],
    ['pipe', { op: 'closed', by: 'receiver' }, 'dropped the reading end of pipe 1'],
    ['semaphore', { op: 'closed', by: 'us' }, 'closed semaphore 1'],
    ['broadcast', { op: 'lagged', missed: 3 }, 'missed 3 messages of broadcast 1'],
    ['watch', { op: 'changed', version: 2 }, 'changed the value of watch 1'],
    ['mutex', { op: 'contended', ...ONE }, 'joined the line of mutex 1'],
    ['mutex', { op: 'acquired', ...ONE, granted: false, location: null }, 'acquired mutex 1'],
    ['channel', { op: 'cloned', sender: 2, senders: 2, location: null }, 'made another sender of channel 1'],
    ['channel', { op: 'disposed', sender: 2, senders: 1 }, 'dropped a sender of channel 1'],
    ['joinset', { op: 'entered', member: BOB }, 'put bob into joinset 1'],
    ['mutex', { op: 'released', holder: BOB, ...ONE }, 'gave mutex 1 back'],
    ['semaphore', { op: 'released', holder: BOB, ...TWO }, 'gave 2 permits of semaphore 1 back'],
    ['rwlock', { op: 'released', holder: BOB, ...ONE }, 'gave the read lock of rwlock 1 back'],
    ['rwlock', { op: 'released', holder: BOB, ...ALL }, 'gave the write lock of rwlock 1 back'],
    ['rwlock', { op: 'downgraded', holder: BOB, ...ALL }, 'went on as a reader of rwlock 1'],
    ['semaphore', { op: 'added', ...TWO }, 'added 2 permits to semaphore 1'],
    ['semaphore', { op: 'forgotten', ...ONE }, 'took 1 permit of semaphore 1 away for good'],
    ['mutex', { op: 'granted', to: MAIN, permits: 1 }, 'handed mutex 1 on to main'],
    ['mutex', { op: 'granted', to: null, permits: 1 }, 'handed mutex 1 on to a waiter'],
    ['mutex', { op: 'abandoned', granted: true }, 'gave up what it had just got of mutex 1'],
    ['mutex', { op: 'abandoned', granted: false }, 'left the line of mutex 1'],
    ['notify', { op: 'notified', waiters: 1, stored: false }, 'notified a waiter of notify 1'],
    ['notify', { op: 'notified', waiters: 3, stored: false }, 'notified all 3 waiters of notify 1'],
    ['notify', { op: 'notified', waiters: 0, stored: true }, 'left a notification in notify 1'],
    ['notify', { op: 'consumed' }, 'used up what was stored in notify 1'],
    ['barrier', { op: 'arrived', count: 3, size: 3 }, 'arrived at barrier 1, as the last of 3'],
    ['barrier', { op: 'arrived', count: 2, size: 3 }, 'arrived at barrier 1, as number 2 of 3'],
    ['once', { op: 'initialized' }, 'gave once 1 its value'],
    ['pipe', { op: 'readable', bytes: 1 }, 'wrote into pipe 1, which holds 1 byte now'],
    ['pipe', { op: 'writable' }, 'made room in pipe 1'],
    ['select', { op: 'won', branch: 'cache' }, 'finished select 1 with its branch cache'],
    ['select', { op: 'dropped', branch: 'cache' }, 'dropped the branch cache of select 1'],
    ['socket', { op: 'closed', by: 'us' }, 'closed socket 1'],
  ])('%s %o', (kind, op, words) => {
    expect(deed(opOf(kind, op), DOER)).toBe(`bob ${words} at tea.ts:18`);
  });
});

describe('what the world outside did', () => {
  it.each<[ResourceKind, ResourceOp, string]>([
    ['timer', { op: 'fired' }, 'timer 1 fired'],
    ['socket', { op: 'opened', detail: '' }, 'socket 1 was opened'],
    ['listener', { op: 'opened', detail: '' }, 'listener 1 began to listen'],
    ['socket', { op: 'readable', bytes: 1200 }, 'socket 1 had 1,200 bytes to read'],
    ['listener', { op: 'readable', bytes: 0 }, 'a visitor came to listener 1'],
    ['socket', { op: 'writable' }, 'socket 1 could take more bytes'],
    ['socket', { op: 'closed', by: 'peer' }, 'the other side of socket 1 has sent all it had'],
    ['promise', { op: 'settled', outcome: 'fulfilled' }, 'promise 1 was fulfilled'],
    ['promise', { op: 'settled', outcome: 'rejected' }, 'promise 1 was rejected'],
    ['worker', { op: 'settled', outcome: 'fulfilled' }, 'the call of worker 1 returned'],
    ['worker', { op: 'settled', outcome: 'rejected' }, 'the call of worker 1 threw'],
    ['worker', { op: 'cancelled' }, 'the call of worker 1 was given up'],
  ])('%s %o', (kind, op, words) => {
    expect(deed(opOf(kind, op, null), DOER)).toBe(words);
  });

  it.each<[ResourceKind, string]>([
    ['signal', 'signal 1 came in'],
    ['socket', 'the host had news of socket 1'],
    ['worker', 'the host had news of worker 1'],
    ['joinset', 'a call of joinset 1 on another thread has ended'],
    ['timer', 'timer 1 fired'],
    ['channel', 'something outside of all tasks used channel 1'],
  ])('%s, and no operation was told', (kind, words) => {
    expect(news(the(kind), [], HOME)).toBe(words);
  });
});

describe('whoever got what was given back', () => {
  const granted = (kind: ResourceKind) => opOf(kind, { op: 'granted', to: MAIN, permits: 1 });

  it('was next in line of a lock', () => {
    const back = opOf('mutex', { op: 'released', holder: BOB, ...ONE });

    expect(deedFor(back, DOER, granted('mutex'), 'main')).toBe(
      'bob gave mutex 1 back at tea.ts:18, and main was next in line',
    );
  });

  it('has room in a channel', () => {
    const taken = opOf('channel', { op: 'received', ...ROOM });

    expect(deedFor(taken, DOER, granted('channel'), 'main')).toBe(
      'bob took a message out of channel 1 at tea.ts:18, and the room went to main',
    );
  });
});

describe('an operation that no event tells', () => {
  it('is called by its resource', () => {
    expect(unnamed(the('pipe'), DOER)).toBe('bob woke it through pipe 1 at tea.ts:18');
    expect(unnamed(the('tracker'), { who: 'bob', at: '' })).toBe('bob left tracker 1 closed and empty');
  });
});

describe('what a task waits for', () => {
  it.each<[ResourceKind, string, string]>([
    ['timer', 'sleep(2s)', 'timer 1 (sleep(2s) at tea.ts:18) fired'],
    ['signal', 'ctrlC()', 'signal 1 (ctrlC() at tea.ts:18) came in'],
    ['socket', 'shutdown()', 'the host had news of socket 1 (shutdown() at tea.ts:18)'],
  ])('says more than the number of a %s', (kind, op, words) => {
    expect(news(the(kind), [{ op, resource: the(kind), task: null, stack: [HERE] }], HOME)).toBe(words);
  });
});

describe('a task that let others go first', () => {
  const wait = (op: string) => ({ op, resource: null, task: null, stack: [HERE] });

  it('had yielded', () => {
    expect(yielded([wait('yieldNow()')], HOME)).toBe('it had yielded at tea.ts:18, and the others have had their turn');
    expect(yielded([wait('yieldNow()'), wait('recv()')], HOME)).toBe(
      'it had yielded, and the others have had their turn',
    );
  });

  it('or had used up its budget', () => {
    expect(yielded([wait('the next turn (budget used up)')], HOME)).toBe(
      'it had used up its budget at tea.ts:18, and the others have had their turn',
    );
  });
});
