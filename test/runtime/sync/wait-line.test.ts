import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ticket, WaitLine } from '../../../src/runtime/sync/wait-line.ts';
import { CountingWaker } from '../../support/hand-poll.ts';

function lineOf(count: number): [WaitLine, Ticket[]] {
  const line = new WaitLine();
  const tickets = Array.from({ length: count }, () => new Ticket(new CountingWaker()));
  for (const ticket of tickets) line.join(ticket);
  return [line, tickets];
}

describe('WaitLine', () => {
  it('has nobody first when it is empty', () => {
    expect(new WaitLine().first).toBeUndefined();
  });

  it('has first who has waited longest', () => {
    const [line, [oldest]] = lineOf(3);

    expect(line.first).toBe(oldest);
  });

  it.each([0, 1, 2])('closes the gap when place %i is given up', (place) => {
    const [line, tickets] = lineOf(3);

    line.leave(tickets[place] as Ticket);

    expect(line.leaveAll()).toEqual(tickets.toSpliced(place, 1));
  });

  it('is left once: a second time does nothing', () => {
    const [line, [first, second]] = lineOf(2);

    line.leave(first as Ticket);
    line.leave(first as Ticket);

    expect(line.first).toBe(second);
  });

  it('is not left by who never joined', () => {
    const [line, [first]] = lineOf(1);
    const stranger = new Ticket(new CountingWaker());

    line.leave(stranger);

    expect(line.first).toBe(first);
  });

  it('is forgotten by who left it', () => {
    const [line, [, middle]] = lineOf(3);

    line.leave(middle as Ticket);

    expect([middle?.ahead, middle?.behind]).toEqual([undefined, undefined]);
  });

  it('can be joined again at its end', () => {
    const [line, [first, second]] = lineOf(2);

    line.leave(first as Ticket);
    line.join(first as Ticket);

    expect(line.leaveAll()).toEqual([second, first]);
  });

  it('knows who stands in it', () => {
    const [line, [first, second]] = lineOf(2);

    line.leave(first as Ticket);

    expect([first?.inLine, second?.inLine]).toEqual([false, true]);
  });

  it('wakes nobody by itself', () => {
    const [line, tickets] = lineOf(3);

    line.leaveAll();

    expect(tickets.map(({ waker }) => (waker as CountingWaker).wakes)).toEqual([0, 0, 0]);
  });

  it('does what an array does', () => {
    const step = fc.record({
      op: fc.constantFrom('join', 'join', 'join', 'leave', 'leave', 'leaveAll'),
      who: fc.nat(30),
    });

    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const [line, everybody]: [WaitLine, Ticket[]] = [new WaitLine(), []];
        let array: Ticket[] = [];
        const [ours, theirs]: [unknown[], unknown[]] = [[], []];
        const numberOf = (ticket: Ticket | undefined) => (ticket === undefined ? undefined : everybody.indexOf(ticket));
        for (const { op, who } of steps) {
          const ticket = everybody[who % Math.max(1, everybody.length)];
          if (op === 'join') {
            const fresh = new Ticket(new CountingWaker());
            everybody.push(fresh);
            line.join(fresh);
            array.push(fresh);
          } else if (op === 'leave' && ticket !== undefined) {
            line.leave(ticket);
            array = array.filter((other) => other !== ticket);
          } else if (op === 'leaveAll' && who === 0) {
            ours.push(...line.leaveAll().map(numberOf));
            theirs.push(...array.splice(0).map(numberOf));
          }
          ours.push(numberOf(line.first));
          theirs.push(numberOf(array[0]));
        }
        ours.push(...everybody.map(({ inLine }) => inLine));
        theirs.push(...everybody.map((ticket) => array.includes(ticket)));

        expect([...ours, ...line.leaveAll().map(numberOf)]).toEqual([...theirs, ...array.map(numberOf)]);
      }),
      { numRuns: 2000 },
    );
  });
});
