import type { ResourceOp, ResourceRef, WakeCause } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { cause, operation, waits, withPlace } from '../../src/trace/words.ts';
import { BOB, dated, HERE, HOME, MAIN } from '../support/views.ts';

const CHANNEL = { id: 7, kind: 'channel', name: 'channel 1' } as const;
const SOCKET = { id: 8, kind: 'socket', name: 'socket 2' } as const;

/** What the words are for something that happened to a resource. */
function said(op: ResourceOp, resource: ResourceRef = CHANNEL): string {
  const event = dated({ kind: 'resource.op', resource, task: MAIN, ...op });
  return operation(event as Extract<typeof event, { kind: 'resource.op' }>);
}

describe('who woke a task', () => {
  it.each<[WakeCause, string]>([
    [{ kind: 'task', task: BOB, resource: CHANNEL, location: HERE }, 'bob through channel 1 at tea.ts:18'],
    [{ kind: 'task', task: BOB, resource: null, location: null }, 'bob'],
    [{ kind: 'self', resource: CHANNEL, location: HERE }, 'itself through channel 1 at tea.ts:18'],
    [{ kind: 'self', resource: null, location: null }, 'itself'],
    [{ kind: 'timer', resource: { id: 1, kind: 'timer', name: 'timer 1' } }, 'timer 1'],
    [{ kind: 'io', resource: SOCKET }, 'socket 2'],
    [{ kind: 'yield' }, 'the driver, after its yield'],
    [{ kind: 'abort', task: BOB }, 'an abort by bob'],
    [{ kind: 'abort', task: null }, 'an abort'],
    [{ kind: 'host' }, 'the host'],
  ])('%o is %s', (by, words) => {
    expect(cause(by, HOME)).toBe(words);
  });
});

describe('what a task waits for', () => {
  const wait = (op: string) => ({ op, resource: null, task: null, stack: [HERE] });

  it.each<[string[], string]>([
    [[], 'nothing that could wake it'],
    [['a()', 'b()'], 'a() at tea.ts:18 and b() at tea.ts:18'],
    [['a()', 'b()', 'a()'], 'a() at tea.ts:18 (2 times) and b() at tea.ts:18'],
    [
      ['a()', 'b()', 'c()', 'd()', 'e()', 'f()', 'g()', 'g()'],
      `${['a', 'b', 'c', 'd', 'e'].map((name) => `${name}() at tea.ts:18`).join(' and ')} and 3 more`,
    ],
  ])('%j: %s', (ops, words) => {
    expect(waits(ops.map(wait), HOME)).toBe(words);
  });
});

describe('what happened to a resource', () => {
  it.each<[ResourceOp, string]>([
    [{ op: 'armed', deadline: 2000.5 }, 'armed until 2000.500'],
    [{ op: 'fired' }, 'fired'],
    [{ op: 'cancelled' }, 'cancelled'],
    [{ op: 'sent', length: 1, capacity: 32 }, 'sent, holds 1 of 32'],
    [{ op: 'sent', length: 1, capacity: null }, 'sent, holds 1'],
    [{ op: 'received', length: 0, capacity: 1 }, 'received, holds 0 of 1'],
    [{ op: 'full', length: 1, capacity: 1 }, 'full, holds 1 of 1'],
    [{ op: 'cloned', sender: 2, senders: 2, location: null }, 'cloned: sender 2, 2 in all'],
    [{ op: 'disposed', sender: 2, senders: 1 }, 'lost sender 2, 1 left'],
    [{ op: 'entered', member: BOB }, 'has a new member, bob'],
    [{ op: 'closed', by: 'senders' }, 'closed by its senders'],
    [{ op: 'closed', by: 'receiver' }, 'closed by its receiver'],
    [{ op: 'closed', by: 'peer' }, 'closed by the peer'],
    [{ op: 'closed', by: 'us' }, 'closed by us'],
    [{ op: 'contended', permits: 1, available: 0 }, 'contended'],
    [{ op: 'acquired', permits: 1, available: 0, granted: false, location: null }, 'acquired'],
    [{ op: 'released', permits: 1, available: 0, holder: null }, 'released'],
    [{ op: 'granted', to: BOB, permits: 1 }, 'granted to bob'],
    [{ op: 'granted', to: null, permits: 1 }, 'granted to a waiter'],
    [{ op: 'abandoned', granted: false }, 'abandoned'],
    [{ op: 'opened', detail: '127.0.0.1:80' }, 'opened, 127.0.0.1:80'],
    [{ op: 'readable', bytes: 0 }, 'readable'],
    [{ op: 'readable', bytes: 1 }, 'readable, 1 byte'],
    [{ op: 'readable', bytes: 69 }, 'readable, 69 bytes'],
    [{ op: 'writable' }, 'writable'],
    [{ op: 'won', branch: 'cache' }, 'won by cache'],
    [{ op: 'dropped', branch: 'network' }, 'drops network'],
    [{ op: 'lagged', missed: 1 }, 'lagged, 1 message missed'],
    [{ op: 'changed', version: 3 }, 'changed, version 3'],
    [{ op: 'notified', waiters: 2, stored: false }, 'notified, wakes 2'],
    [{ op: 'notified', waiters: 0, stored: true }, 'notified, and nobody waits: stored'],
    [{ op: 'consumed' }, 'consumed'],
    [{ op: 'arrived', count: 2, size: 3 }, 'arrived, 2 of 3'],
    [{ op: 'initialized' }, 'initialized'],
    [{ op: 'settled', outcome: 'rejected' }, 'rejected'],
  ])('%o is %s', (op, words) => {
    expect(said(op)).toBe(words);
  });
});

describe('what happened to a lock with many permits', () => {
  it.each<[ResourceRef['kind'], ResourceOp, string]>([
    [
      'semaphore',
      { op: 'acquired', permits: 2, available: 1, granted: false, location: null },
      'acquired, 2 permits, 1 free',
    ],
    ['semaphore', { op: 'contended', permits: 1, available: 0 }, 'contended, 1 permit, 0 free'],
    ['semaphore', { op: 'added', permits: 3, available: 3 }, 'added, 3 permits, 3 free'],
    ['rwlock', { op: 'acquired', permits: 1, available: 9, granted: false, location: null }, 'acquired for reading'],
    ['rwlock', { op: 'released', permits: 10, available: 10, holder: BOB }, 'released for writing'],
    ['rwlock', { op: 'downgraded', permits: 9, available: 9, holder: BOB }, 'downgraded: its writer is a reader now'],
  ])('%s %o is %s', (kind, op, words) => {
    expect(said(op, { id: 1, kind, name: `${kind} 1` })).toBe(words);
  });
});

describe('what a task waits for', () => {
  it('names the channel, and leaves out the timer, whose duration says enough', () => {
    const timer = { id: 1, kind: 'timer', name: 'timer 1' } as const;

    expect(waits([{ op: 'recv()', resource: CHANNEL, task: null, stack: [HERE] }], HOME)).toBe(
      'recv() on channel 1 at tea.ts:18',
    );
    expect(waits([{ op: 'sleep(2s)', resource: timer, task: null, stack: [HERE] }], HOME)).toBe(
      'sleep(2s) at tea.ts:18',
    );
  });

  it('is said without a place where none is known', () => {
    expect(waits([{ op: 'join(bob)', resource: null, task: BOB, stack: [] }], HOME)).toBe('join(bob)');
    expect(withPlace('here', '')).toBe('here');
  });

  it('may be nothing at all', () => {
    expect(waits([], HOME)).toBe('nothing that could wake it');
  });
});
