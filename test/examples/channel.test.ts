import { describe, expect, it } from 'vitest';
import { channel } from '../../src/examples/channel/card.ts';
import { accountOf, endings, perform, waitsOf } from '../support/perform.ts';

describe('channel', () => {
  it('receives one message a second, and the end after the last pause', async () => {
    const { said } = await perform(channel);

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: Received: Message 1",
        "1000 ms  main: Received: Message 2",
        "2000 ms  main: Received: Message 3",
        "3000 ms  main: Received: Message 4",
        "4000 ms  main: Received: Message 5",
        "5000 ms  main: All messages received.",
      ]
    `);
  });

  it('wakes main by the very send that brings a message, and by the drop of the last sender', async () => {
    const { events } = await perform(channel, { messages: 2 });

    const wakes = events.flatMap((event) =>
      event.kind === 'task.woken' && event.task.name === 'main' && event.by.kind === 'task'
        ? [`${event.at} ms  ${event.by.task.name} through ${event.by.resource?.name}`]
        : [],
    );
    expect(wakes).toMatchInlineSnapshot(`
      [
        "0 ms  producer through channel 1",
        "1000 ms  producer through channel 1",
        "2000 ms  producer through channel 1",
      ]
    `);
  });

  it('sends as many messages as --messages says', async () => {
    const { said } = await perform(channel, { messages: 2 });

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: Received: Message 1",
        "1000 ms  main: Received: Message 2",
        "2000 ms  main: All messages received.",
      ]
    `);
  });

  it('hears at once of the end of no messages', async () => {
    const { said } = await perform(channel, { messages: 0 });

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: All messages received.",
      ]
    `);
  });

  it('sends at the pace of --every', async () => {
    const { said } = await perform(channel, { messages: 3, every: 250 });

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: Received: Message 1",
        "250 ms  main: Received: Message 2",
        "500 ms  main: Received: Message 3",
        "750 ms  main: All messages received.",
      ]
    `);
  });

  it('receives at the pace of --consume, where that is slower', async () => {
    const { said } = await perform(channel, { messages: 3, consume: 1500 });

    expect(said).toMatchInlineSnapshot(`
      [
        "0 ms  main: Received: Message 1",
        "1500 ms  main: Received: Message 2",
        "3000 ms  main: Received: Message 3",
        "4500 ms  main: All messages received.",
      ]
    `);
  });

  it('never makes the producer wait for room, where there is plenty', async () => {
    const { events } = await perform(channel, { consume: 3000 });

    expect(waitsOf('producer', events)).toMatchInlineSnapshot(`
      [
        "0 ms  sleep(1s) on timer 1",
        "1000 ms  sleep(1s) on timer 3",
        "2000 ms  sleep(1s) on timer 4",
        "3000 ms  sleep(1s) on timer 6",
        "4000 ms  sleep(1s) on timer 7",
      ]
    `);
  });

  it('never makes the producer wait for room, where main is quick enough for a capacity of 1', async () => {
    const { said, events } = await perform(channel, { capacity: 1 });

    expect(said).toEqual((await perform(channel)).said);
    expect(waitsOf('producer', events).filter((wait) => wait.includes('send()'))).toEqual([]);
  });

  describe('with a capacity of 1, no pauses, and a receiver that takes a second', () => {
    const slow = { capacity: 1, every: 0, consume: 1000 };

    it('makes the producer wait for room, once for each message but the first', async () => {
      const { events } = await perform(channel, slow);

      expect(waitsOf('producer', events)).toMatchInlineSnapshot(`
        [
          "0 ms  send() on channel 1",
          "0 ms  send() on channel 1",
          "1000 ms  send() on channel 1",
          "2000 ms  send() on channel 1",
        ]
      `);
    });

    it('brings every message all the same, at the pace of the receiver', async () => {
      const { said } = await perform(channel, slow);

      expect(said).toMatchInlineSnapshot(`
        [
          "0 ms  main: Received: Message 1",
          "1000 ms  main: Received: Message 2",
          "2000 ms  main: Received: Message 3",
          "3000 ms  main: Received: Message 4",
          "4000 ms  main: Received: Message 5",
          "5000 ms  main: All messages received.",
        ]
      `);
    });

    it('lets the producer end two messages ahead of main', async () => {
      const { events } = await perform(channel, slow);

      expect(endings(events)).toMatchInlineSnapshot(`
        [
          "3000 ms  producer completed",
          "5000 ms  main completed",
        ]
      `);
    });
  });

  it('makes the producer wait later, the more fits in', async () => {
    const { events } = await perform(channel, { capacity: 3, every: 0, consume: 1000, messages: 6 });

    expect(waitsOf('producer', events)).toMatchInlineSnapshot(`
      [
        "0 ms  send() on channel 1",
        "0 ms  send() on channel 1",
        "1000 ms  send() on channel 1",
      ]
    `);
  });

  it('tells afterwards what happened in that very run', async () => {
    expect(await accountOf(channel)).toMatchInlineSnapshot(`
      [
        "5 messages went through the channel, and it held 1 at most.",
        "Main waited 6 times, 5 s in all, for a message.",
        "The producer never waited for room.",
      ]
    `);
    expect(await accountOf(channel, { capacity: 1, every: 0, consume: 1000 })).toMatchInlineSnapshot(`
      [
        "5 messages went through the channel, and it held 1 at most.",
        "Main waited once, 0 s in all, for a message.",
        "The producer waited 4 times, 3 s in all, for room: that is backpressure.",
      ]
    `);
    expect(await accountOf(channel, { messages: 0 })).toMatchInlineSnapshot(`
      [
        "No message went through the channel: it was closed when the producer dropped its sender.",
        "Main waited once, 0 s in all, for a message.",
        "The producer never waited for room.",
      ]
    `);
  });
});
