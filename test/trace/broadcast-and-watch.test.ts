import { type Async, broadcast, Runtime, type RuntimeEvent, spawn, watch, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { operation, waits } from '../../src/trace/words.ts';
import { World } from '../../src/trace/world.ts';

/** Runs a program: what its channels said, each with the length that the world knows after it. */
async function told(main: () => Async<unknown>): Promise<{ world: World; said: string[]; events: RuntimeEvent[] }> {
  const [world, said, events] = [new World(), [] as string[], [] as RuntimeEvent[]];
  const observer = (event: RuntimeEvent) => {
    world.fold(event);
    events.push(event);
    if (event.kind !== 'resource.op') return;
    const length = world.resources.get(event.resource.id)?.length;
    said.push(`${event.resource.name} ${operation(event)} -> ${length ?? 'forgotten'}`);
  };
  await new Runtime({ clock: 'virtual', seed: 1, observer }).blockOn(main());
  return { world, said, events };
}

describe('the trace of a broadcast channel', () => {
  it('says what the slowest receiver has still to read', async () => {
    const { said } = await told(function* () {
      const [tx, slow] = broadcast.channel<number>(3);
      const fast = tx.subscribe();
      tx.send(1);
      tx.send(2);
      fast.tryRecv();
      fast.tryRecv();
      slow.tryRecv();
      slow[Symbol.dispose]();
      tx[Symbol.dispose]();
    });

    expect(said).toEqual([
      'broadcast 1 sent, holds 1 of 4 -> 1',
      'broadcast 1 sent, holds 2 of 4 -> 2',
      'broadcast 1 received, holds 2 of 4 -> 2',
      'broadcast 1 received, holds 2 of 4 -> 2',
      'broadcast 1 received, holds 1 of 4 -> 1',
      'broadcast 1 discarded, holds 0 of 4 -> 0',
      'broadcast 1 closed by its senders -> forgotten',
    ]);
  });

  it('says what the last receiver leaves behind, and that it was the last one', async () => {
    const { said } = await told(function* () {
      const [tx, rx] = broadcast.channel<number>(2);
      const other = tx.subscribe();
      tx.send(1);
      rx[Symbol.dispose]();
      other[Symbol.dispose]();
      const late = tx.subscribe();
      tx.send(2);
      late.tryRecv();
    });

    expect(said).toEqual([
      'broadcast 1 sent, holds 1 of 2 -> 1',
      'broadcast 1 discarded, holds 0 of 2 -> 0',
      'broadcast 1 closed by its receiver -> forgotten',
      'broadcast 1 sent, holds 1 of 2 -> 1',
      'broadcast 1 received, holds 0 of 2 -> 0',
    ]);
  });

  it('says how many a receiver has missed, and forgets a closed channel once it is empty', async () => {
    const { said, world } = await told(function* () {
      const [tx, rx] = broadcast.channel<number>(1);
      for (const n of [1, 2, 3]) tx.send(n);
      tx[Symbol.dispose]();
      try {
        rx.tryRecv();
      } catch {
        rx.tryRecv();
      }
      rx[Symbol.dispose]();
    });

    expect(said.slice(3)).toEqual([
      'broadcast 1 closed by its senders -> 1',
      'broadcast 1 lagged, 2 messages missed -> 1',
      'broadcast 1 received, holds 0 of 1 -> forgotten',
    ]);
    expect([...world.resources.values()]).toEqual([]);
  });

  it('names it, and who waits on it', async () => {
    const { events } = await told(function* () {
      const [tx, rx] = broadcast.channel<number>(5);
      spawn(rx.recv(), { name: 'listener' });
      yield* yieldNow();
      tx.send(1);
      yield* yieldNow();
    });

    const created = events.find((event) => event.kind === 'resource.created' && event.resource.kind === 'broadcast');
    expect(created).toMatchObject({ detail: 'broadcast, capacity 8', resource: { name: 'broadcast 1' } });
    const pending = events.find((event) => event.kind === 'task.poll-ended' && event.task.name === 'listener');
    expect(pending?.kind === 'task.poll-ended' && waits(pending.awaits, '')).toContain('recv() on broadcast 1');
    const woken = events.find((event) => event.kind === 'task.woken' && event.task.name === 'listener');
    expect(woken).toMatchObject({ by: { kind: 'task', resource: { name: 'broadcast 1' } } });
  });
});

describe('the trace of a watch channel', () => {
  it('says how often the value was replaced, and who closed it', async () => {
    const { said, world } = await told(function* () {
      const [tx, rx] = watch.channel(0);
      tx.send(1);
      tx.sendIfModified(() => false);
      tx.sendReplace(2);
      rx[Symbol.dispose]();
      tx.sendReplace(3);
      tx[Symbol.dispose]();
    });

    expect(said).toEqual([
      'watch 1 changed, version 1 -> 0',
      'watch 1 changed, version 2 -> 0',
      'watch 1 closed by its receiver -> forgotten',
      'watch 1 changed, version 3 -> 0',
      'watch 1 closed by its senders -> forgotten',
    ]);
    expect([...world.resources.values()]).toEqual([]);
  });

  it('says nothing of receivers that go when nobody could hear it', async () => {
    const { said } = await told(function* () {
      const [tx, rx] = watch.channel(0);
      tx[Symbol.dispose]();
      rx[Symbol.dispose]();
    });

    expect(said).toEqual(['watch 1 closed by its senders -> forgotten']);
  });

  it('names it, and who waits on it', async () => {
    const { events } = await told(function* () {
      const [tx, rx] = watch.channel(0);
      spawn(rx.changed(), { name: 'looker' });
      spawn(
        rx.clone().waitFor((n) => n === 1),
        { name: 'picky' },
      );
      yield* yieldNow();
      tx.send(1);
      yield* yieldNow();
    });

    const words = events.flatMap((event) =>
      event.kind === 'task.poll-ended' && event.task.id !== 0 ? waits(event.awaits, '').split(' at ')[0] : [],
    );
    expect(words.slice(0, 2)).toEqual(['changed() on watch 1', 'waitFor() on watch 1']);
    const woken = events.find((event) => event.kind === 'task.woken' && event.task.name === 'looker');
    expect(woken).toMatchObject({ by: { kind: 'task', resource: { name: 'watch 1' } } });
  });
});
