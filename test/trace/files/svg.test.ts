import { type Async, mpsc, Runtime, type RuntimeEvent, sleep, spawn, yieldNow } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timelineSvg } from '../../../src/trace/files/svg.ts';
import { Spans } from '../../../src/trace/spans.ts';
import { programOf, programs } from '../../support/random-program.ts';
import { unclean } from '../../support/views.ts';
import { all, type Element, parseXml, textIn } from '../../support/xml.ts';

async function eventsOf(main: () => Async<unknown>): Promise<RuntimeEvent[]> {
  const events: RuntimeEvent[] = [];
  const runtime = new Runtime({
    clock: 'virtual',
    seed: 1,
    observer: (event) => events.push(event),
    onWarning: () => {},
  });
  await runtime.blockOn(main()).catch(() => {});
  return events;
}

function drawn(events: readonly RuntimeEvent[], title = 'a run'): Element {
  const spans = new Spans();
  for (const event of events) spans.fold(event);
  return parseXml(timelineSvg(spans, { title, folder: '/home/ada' }));
}

async function draw(main: () => Async<unknown>): Promise<Element> {
  return drawn(await eventsOf(main));
}

function* talk(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  function* bob(): Async<void> {
    yield* sleep(1000);
    yield* tx.send('tea');
  }
  spawn(bob(), { name: 'bob' });
  yield* rx.recv();
}

function named(root: Element, name: string): Element[] {
  return all(root).filter((element) => element.name === name);
}

function ofClass(root: Element, name: string): Element[] {
  return all(root).filter(({ attributes }) => attributes.get('class') === name);
}

function tips(root: Element): string[] {
  return named(root, 'title').slice(1).map(textIn);
}

describe('timelineSvg', () => {
  it('draws each poll, and says in its tooltip what it is', async () => {
    const picture = await draw(talk);

    // One of them is in the legend.
    expect(ofClass(picture, 'running')).toHaveLength(4 + 1);
    expect(tips(picture)).toContain('waits for recv() on channel 1, 0.000 s to 1.000 s');
    expect(tips(picture)).toContain('poll 2, woken by timer 1, at 1.000 s');
    expect(ofClass(picture, 'name').map(textIn)).toEqual(['main', 'bob']);
    expect(ofClass(picture, 'waits').map(textIn)).toEqual(['recv() on channel 1', 'sleep(1s)']);
  });

  it('draws an arrow from the lane of whoever woke a task', async () => {
    const picture = await draw(talk);

    const wake = named(picture, 'g').find((group) => textIn(group).startsWith('main woken by bob'));
    const [line] = wake === undefined ? [] : ofClass(wake, 'wake');
    const bob = ofClass(picture, 'name')[1];

    // From the upper edge of the bar in bob's lane.
    expect(Number(line?.attributes.get('y1'))).toBe(Number(bob?.attributes.get('y')) - 4 - 8);
    expect(Number(line?.attributes.get('y2'))).toBeLessThan(Number(line?.attributes.get('y1')));
  });

  it('tells those who do not see it what it shows', async () => {
    const picture = drawn(await eventsOf(talk), 'Tea & cake');

    const label = picture.attributes.get('aria-labelledby')?.split(' ') ?? [];
    const texts = label.map((id) => all(picture).find(({ attributes }) => attributes.get('id') === id));

    expect(picture.attributes.get('role')).toBe('img');
    expect(texts.map((element) => element && textIn(element))).toEqual([
      'Tea & cake',
      'A timeline of 2 tasks on one thread, 1.000 s. main: 2 polls, ok. bob: 2 polls, ok.',
    ]);
  });

  it('needs nothing from outside, and runs nothing', async () => {
    const spans = new Spans();
    for (const event of await eventsOf(talk)) spans.fold(event);

    const text = timelineSvg(spans, { title: 'a run', folder: '/home/ada' });

    expect(text.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /script|http|url\(|@import|href|\son\w+=/i,
    );
    expect(text).toContain('prefers-color-scheme: dark');
  });

  it('takes names and titles for text, whatever is in them', async () => {
    const evil = '</title><script>alert("1")</script>\u001b[31m\u0000\u202e\ud800\ufffe&amp;\'';
    const events = JSON.stringify(await eventsOf(talk))
      .replaceAll('"bob"', JSON.stringify(evil))
      .replaceAll('recv()', JSON.stringify(evil).slice(1, -1));

    const picture = drawn(JSON.parse(events), evil);

    expect(named(picture, 'script')).toEqual([]);
    expect(textIn(named(picture, 'title')[0] ?? picture)).toBe(
      '</title><script>alert("1")</script>\ufffd\ufffd&amp;\'',
    );
    expect(unclean(textIn(picture).replaceAll('\n', ''))).toEqual([]);
  });

  it('marks who was dropped, who panicked, and what was left out', async () => {
    const picture = await draw(function* () {
      spawn(sleep(90_000), { name: 'left over' });
      function* fail(): Async<void> {
        yield* sleep(2);
        throw new Error('no');
      }
      spawn(fail(), { name: 'bad' });
      for (const ms of [1, 3, 60_000, 1]) yield* sleep(ms);
    });

    expect(ofClass(picture, 'panicked')).toHaveLength(1);
    expect(tips(picture)).toEqual(
      expect.arrayContaining(['left over cancelled at 60.005 s', 'bad panicked at 0.002 s']),
    );
    expect(textIn(picture)).toContain('60 s left out');
  });

  it('does not grow without end', async () => {
    const picture = await draw(function* () {
      function* busy(): Async<void> {
        for (let n = 0; n < 300; n++) yield* yieldNow();
      }
      const tasks = Array.from({ length: 22 }, (_, n) => spawn(busy(), { name: `task ${n}` }));
      for (const task of tasks) yield* task;
    });

    expect(ofClass(picture, 'name')).toHaveLength(20);
    expect(textIn(picture)).toContain('3 more tasks not shown.');
    expect(textIn(picture)).toContain('There are more polls than fit: they overlap.');
    // In each lane a poll and what is between, every three pixels, each of them with its tooltip.
    expect(all(picture).length).toBeLessThan(20 * (740 / 3) * 2 * 2);
  });

  it('draws programs that nobody has written, inside its edges', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (plan) => {
        const events = await eventsOf(() => programOf(plan).main());
        const picture = drawn(events);

        const [width, height] = [900, Number(picture.attributes.get('height'))];
        for (const { name, attributes } of all(picture)) {
          const number = (key: string) => Number(attributes.get(key) ?? 0);
          for (const key of ['x', 'y', 'x1', 'x2', 'y1', 'y2']) expect(number(key)).toBeGreaterThanOrEqual(0);
          if (name === 'rect') expect(number('width')).toBeGreaterThan(0);
          expect(Math.max(number('x') + (name === 'rect' ? number('width') : 0), number('x2'))).toBeLessThanOrEqual(
            width,
          );
          expect(Math.max(number('y'), number('y1'), number('y2'))).toBeLessThanOrEqual(height);
        }
        const ids = all(picture).flatMap(({ attributes }) => attributes.get('id') ?? []);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 40 },
    );
  });

  it('draws what there is of a run that was cut off, and nothing of nothing', async () => {
    const events = await eventsOf(talk);

    for (let n = 0; n <= events.length; n++) drawn(events.slice(0, n));

    expect(ofClass(drawn([]), 'name')).toEqual([]);
  });
});
