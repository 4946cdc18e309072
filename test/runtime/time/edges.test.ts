/** What sleeps, timeouts and intervals do at their edges. */
import {
  advance,
  Context,
  consumeBudget,
  Elapsed,
  Future,
  hasBudgetRemaining,
  interval,
  join,
  now,
  Pending,
  type Poll,
  PolledAfterCompletionError,
  pending,
  pollFuture,
  type RuntimeEvent,
  sleep,
  sleepUntil,
  TURN_BUDGET,
  timeout,
  timeoutAt,
  Waker,
} from 'async-lessons';
import { describe, expect, it, vi } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { byHand } from '../../support/hand-poll.ts';
import { pollsOf, run } from '../../support/run.ts';

describe('a sleep', () => {
  it('that is moved to an earlier end has its place among equals from then on', () =>
    run(function* () {
      const order: string[] = [];
      class Named extends Waker {
        readonly #name: string;
        constructor(name: string) {
          super();
          this.#name = name;
        }
        override wake(): void {
          order.push(this.#name);
        }
      }
      const moved = sleep(50);
      const other = sleep(10);
      pollFuture(moved, new Context(new Named('moved')));
      moved.reset(10);
      pollFuture(other, new Context(new Named('other')));
      pollFuture(moved, new Context(new Named('moved')));

      yield* advance(10);

      expect(order).toEqual(['moved', 'other']);
    }));

  it('that was dropped can be awaited again', () =>
    run(function* () {
      const nap = sleep(5);
      const hand = byHand(nap);
      hand.poll();
      hand.drop();

      yield* nap;

      expect(now()).toBe(5);
    }));

  it('wakes only who has waited since its last end', () =>
    run(function* () {
      const nap = sleep(10);
      const hand = byHand(nap);
      hand.poll();
      nap.reset(0);
      nap.reset(20);

      yield* sleep(30);

      expect(hand.wakes).toBe(1);
    }));

  it('does not wake whoever dropped it, when it is set anew', () =>
    run(function* () {
      const nap = sleep(10);
      const hand = byHand(nap);
      hand.poll();
      hand.drop();
      nap.reset(20);

      yield* sleep(30);

      expect(hand.wakes).toBe(0);
    }));

  it('that is moved to what is past does not wait, on a real clock either', () =>
    run(
      function* () {
        const nap = sleep(10_000);
        while (now() < 5);
        nap.reset(4);

        expect(byHand(nap).poll()).toBeUndefined();
      },
      { clock: 'real' },
    ));

  it('of no time does not wait for the next look at a real clock', () =>
    run(
      function* () {
        while (now() < 1);
        const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
        try {
          expect(byHand(sleep(0)).poll()).toBeUndefined();
        } finally {
          clock.mockRestore();
        }
      },
      { clock: 'real' },
    ));

  it('ends with a whole millisecond, also where the virtual clock stands between two', () =>
    run(function* () {
      yield* advance(1.5);

      yield* sleepUntil(1.5);

      expect(now()).toBe(2);
    }));
});

describe('a timeout', () => {
  it('does not drop a future that has answered', () =>
    run(function* () {
      const gate = new Gate<string>();
      gate.open('tea');

      yield* timeout(5, gate);

      expect(gate.drops).toBe(0);
    }));

  it('does not drop a future that has thrown', () =>
    run(function* () {
      class Burnt extends Gate {
        override poll(): never {
          throw new Error('burnt');
        }
      }
      const burnt = new Burnt();
      const hand = byHand(timeout(5, burnt));

      expect(() => hand.poll()).toThrow('burnt');
      expect(burnt.drops).toBe(0);
    }));

  it('drops its future once, and cannot be polled then', () =>
    run(function* () {
      const gate = new Gate();
      const hand = byHand(timeout(5, gate));
      hand.poll();

      hand.drop();
      hand.drop();

      expect(gate.drops).toBe(1);
      expect(() => hand.poll()).toThrow(PolledAfterCompletionError);
    }));

  it('says how long it was to be when it was made', () =>
    run(function* () {
      yield* sleep(5);

      expect(timeoutAt(8, pending()).label).toBe('timeout(3ms)');
      expect(timeoutAt(2, pending()).label).toBe('timeout(0ms)');
    }));

  it('that is over has cost a unit of the budget', () =>
    run(function* () {
      for (let i = 1; i < TURN_BUDGET; i++) yield* consumeBudget();
      const before = hasBudgetRemaining();
      try {
        yield* timeout(0, pending());
      } catch {}

      expect([before, hasBudgetRemaining()]).toEqual([true, false]);
    }));

  it('is not over before the next turn, if there was no budget left for it', async () => {
    const polls = await pollsOf(function* () {
      for (let i = 0; i < TURN_BUDGET; i++) yield* consumeBudget();
      try {
        yield* timeout(0, pending());
      } catch (error) {
        expect(error).toBeInstanceOf(Elapsed);
      }
    });

    expect(polls).toBe(2);
  });

  it('gives nobody a budget by looking at its own clock without one', async () => {
    const seen: boolean[] = [];
    class Probe extends Future<void> {
      override poll(): Poll<void> {
        seen.push(hasBudgetRemaining());
        return seen.length > 1 ? undefined : Pending;
      }
    }

    await run(function* () {
      function* greedy() {
        for (let i = 0; i < TURN_BUDGET + 1; i++) yield* consumeBudget();
      }
      yield* join(timeout(50, greedy()), new Probe());
    });

    expect(seen[0]).toBe(false);
  });
});

describe('an interval', () => {
  it('waits for its timer, by the name of its tick', () =>
    run(function* () {
      const tick = interval(100).tick();

      expect(tick.label).toBe('tick(100ms)');
      expect(tick.awaited).toMatchObject({ kind: 'timer' });
    }));

  it('that is never ticked is no future that somebody forgot', async () => {
    const forgotten: RuntimeEvent[] = [];

    await run(
      function* () {
        interval(100);
      },
      { observer: (event) => event.kind === 'future.unawaited' && forgotten.push(event) },
    );

    expect(forgotten).toEqual([]);
  });
});
