import { type Async, mpsc, sleep, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { queueGrows, STRETCH } from '../../../src/trace/lints/queue-grows.ts';
import { found, sentences } from '../../support/lint-runs.ts';

type Step = 'send' | 'take';

/** What happens to a channel without a limit, one after the other. */
function traffic(steps: Iterable<Step>, after: (rx: Disposable) => void = () => {}): () => Async<void> {
  return function* () {
    const [tx, rx] = mpsc.unboundedChannel<number>();
    for (const step of steps) {
      if (step === 'send') tx.send(0);
      else rx.tryRecv();
      yield* yieldNow();
    }
    after(rx);
  };
}

function times(n: number, ...steps: Step[]): Step[] {
  return Array.from({ length: n }, () => steps).flat();
}

describe('queue-grows', () => {
  it('says how many were sent, received and left', async () => {
    expect(await sentences(queueGrows, traffic(times(500, 'send', 'send', 'send', 'take')))).toEqual([
      'channel 1 has no limit and only grew: 1,500 messages sent, 500 received, 1,000 left in the end.',
    ]);
    expect(await sentences(queueGrows, traffic(times(200, 'send')))).toEqual([
      'channel 1 has no limit and only grew: 200 messages sent, none received, 200 left in the end.',
    ]);
  });

  it('wants more than a hundred left', async () => {
    expect(await sentences(queueGrows, traffic(times(STRETCH, 'send')))).toEqual([]);
    expect(await sentences(queueGrows, traffic(times(STRETCH + 1, 'send')))).toHaveLength(1);
  });

  it('says nothing of a receiver that keeps up', async () => {
    expect(await sentences(queueGrows, traffic(times(2000, 'send', 'take')))).toEqual([]);
    expect(await sentences(queueGrows, traffic(times(50, ...times(40, 'send'), ...times(40, 'take'))))).toEqual([]);
  });

  it('says nothing of one that is behind, and stays just as far behind', async () => {
    const steps = [...times(150, 'send'), ...times(1000, 'take', 'send')];

    expect(await sentences(queueGrows, traffic(steps))).toEqual([]);
  });

  it('says nothing of one that has caught up', async () => {
    const steps = [...times(900, 'send'), ...times(850, 'take'), ...times(60, 'send')];

    expect(await sentences(queueGrows, traffic(steps))).toEqual([]);
  });

  it('says nothing of one that is emptied after its senders have gone', async () => {
    const main = function* () {
      const [tx, rx] = mpsc.unboundedChannel<number>();
      for (let n = 0; n < 300; n++) tx.send(n);
      tx[Symbol.dispose]();
      while ((yield* rx.recv()) !== undefined);
    };

    expect(await sentences(queueGrows, main)).toEqual([]);
  });

  it('counts what the receiver leaves behind when it goes', async () => {
    const main = traffic(times(300, 'send', 'send', 'take'), (rx) => rx[Symbol.dispose]());

    expect(await sentences(queueGrows, main)).toEqual([
      'channel 1 has no limit and only grew: 600 messages sent, 300 received, 300 left in the end.',
    ]);
  });

  it('points at the place where the channel was made', async () => {
    const [finding] = await found(queueGrows, traffic(times(200, 'send')));

    expect(finding?.location?.file).toMatch(/queue-grows\.test\.ts/);
    expect(finding?.resource?.name).toBe('channel 1');
  });

  it('says nothing of a channel that has a limit, however high', async () => {
    const main = function* () {
      const [tx, _rx] = mpsc.channel<number>(5000);
      for (let n = 0; n < 1000; n++) yield* tx.send(n);
      yield* sleep(1);
    };

    expect(await sentences(queueGrows, main)).toEqual([]);
  });
});
