import {
  type Async,
  JoinSet,
  Mutex,
  mpsc,
  Notify,
  pending,
  Runtime,
  type RuntimeEvent,
  secs,
  sleep,
  spawn,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Doctor } from '../../../src/trace/doctor.ts';
import { readJsonl } from '../../../src/trace/files/jsonl.ts';
import { examined, reportOf } from '../../support/examined.ts';
import { eventsOf } from '../../support/lint-runs.ts';
import { both, philosophers } from '../../support/philosophers.ts';
import { jsonlOf, NASTY } from '../../support/recorded.ts';
import { unclean } from '../../support/views.ts';

function* nap(): Async<void> {
  yield* sleep(1);
}

describe('the report', () => {
  it('has the async stack of each wait', async () => {
    function* inner(): Async<void> {
      yield* new Notify().notified();
    }
    function* outer(): Async<void> {
      yield* inner();
    }

    const report = reportOf(await examined(outer));

    expect(report).toMatch(/notified\(\) on notify 1 at here\n +at inner .*\n +at outer /);
  });

  it('is a function of the events: a saved run has the same', async () => {
    const events = await eventsOf(() => philosophers(3));
    const [live, saved] = [new Doctor(), new Doctor()];
    for (const event of events) live.fold(event);
    for (const event of readJsonl(jsonlOf(events)).events) saved.fold(event);

    expect(reportOf(saved)).toBe(reportOf(live));
    expect(reportOf(saved)).toContain('lock-cycle');
  });

  it('says nothing of a run that went well', async () => {
    const doctor = await examined(() => nap());

    expect(doctor.halted).toBeUndefined();
    expect(doctor.lines({ width: 80, unicode: true, folder: '/' })).toEqual([]);
  });

  it('keeps what a program says from the terminal', async () => {
    const doctor = await examined(function* () {
      yield* spawn(pending(), { name: NASTY });
    });

    const lines = doctor.lines({ width: 80, unicode: true, folder: '/' });

    expect(lines.length).toBeGreaterThan(3);
    expect(unclean(lines.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('\n'))).toEqual([]);
  });

  it('names those alone who have not ended, of a set that many have been in', async () => {
    const doctor = await examined(function* () {
      const set = new JoinSet<void>();
      for (let n = 0; n < 50; n++) {
        set.spawn(nap(), { name: `done ${n}` });
        yield* set.joinNext();
      }
      set.spawn(new Notify().notified(), { name: 'ada' });
      yield* set.joinNext();
    });

    expect(reportOf(doctor)).toContain('ada has not ended');
    expect(reportOf(doctor)).not.toContain('done');
  });

  it('names a sender that has ended, of a channel that very many have sent to', async () => {
    const doctor = await examined(function* () {
      const [tx, rx] = mpsc.unboundedChannel<number>();
      for (let n = 0; n < 1500; n++)
        yield* spawn(
          (function* (): Async<void> {
            tx.send(n);
          })(),
          { name: `s${n}` },
        );
      for (let n = 0; n <= 1500; n++) yield* rx.recv();
    });

    expect(doctor.diagnoses('/')[0]?.text).toMatch(/\(s500, s501 and 998 more sent through it and have ended\)/);
  });

  it('can be drawn in ASCII', async () => {
    const doctor = await examined(() => philosophers(2));
    const lines = doctor.lines({ width: 80, unicode: false, folder: '/' });

    expect(lines.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('')).toMatch(/^[ -~]*$/);
  });

  it('is about the last of several runs that one observer sees', async () => {
    const doctor = new Doctor();
    const observer = (event: RuntimeEvent) => doctor.fold(event);
    for (const main of [() => philosophers(2), () => nap()])
      await new Runtime({ clock: 'virtual', observer }).blockOn(main()).catch(() => {});

    expect(doctor.lines({ width: 80, unicode: true, folder: '/' })).toEqual([]);
  });
});

describe('a run that is stopped', () => {
  async function stopped(main: (stop: () => void) => Async<unknown>): Promise<Doctor> {
    const doctor = new Doctor();
    const runtime: Runtime = new Runtime({ clock: 'virtual', observer: (event) => doctor.fold(event) });
    await runtime.blockOn(main(() => runtime.stop())).catch(() => {});
    return doctor;
  }

  it('tells until when everybody would have waited, and blames nobody', async () => {
    const doctor = await stopped(function* (stop) {
      spawn(sleep(secs(9)), { name: 'ada' });
      yield* sleep(secs(1));
      stop();
      yield* sleep(secs(2));
    });

    expect(doctor.diagnoses('/')).toEqual([]);
    expect(reportOf(doctor)).toMatch(/ada +sleep\(9s\).*\n +ends at 9\.000 s, in 8\.000 s/);
  });

  it('names what can never end all the same: a circle out of which no way leads', async () => {
    const doctor = await stopped(function* (stop) {
      const [left, right] = [new Mutex(0), new Mutex(0)];
      spawn(both(left, right), { name: 'ada' });
      spawn(both(right, left), { name: 'bob' });
      yield* sleep(secs(1));
      stop();
      yield* sleep(secs(2));
    });

    expect(doctor.names('/')).toEqual(['lock-cycle']);
  });

  it('does not call it a circle where one of them has another way out', async () => {
    const doctor = await stopped(function* (stop) {
      const [left, right] = [new Mutex(0), new Mutex(0)];
      spawn(both(left, right), { name: 'ada' });
      spawn(timeout(secs(5), both(right, left)), { name: 'bob' });
      yield* sleep(secs(1));
      stop();
      yield* sleep(secs(2));
    });

    expect(doctor.names('/')).toEqual([]);
  });

  it('takes nobody for left behind who has just been given the lock', async () => {
    const doctor = await stopped(function* (stop) {
      const mutex = new Mutex(0);
      const guard = yield* mutex.lock();
      spawn(mutex.lock(), { name: 'ada' });
      spawn(mutex.lock(), { name: 'bob' });
      yield* yieldNow();
      guard[Symbol.dispose]();
      stop();
      yield* sleep(1);
    });

    expect(doctor.names('/')).toEqual([]);
    expect(reportOf(doctor)).toMatch(/bob +lock\(\) on mutex 1[^\n]*\n +held by ada/);
  });

  it('leaves out who was about to run', async () => {
    const doctor = await stopped(function* (stop) {
      spawn(sleep(1), { name: 'ada' });
      stop();
      yield* sleep(1);
    });

    expect(reportOf(doctor)).not.toContain('ada');
    expect(reportOf(doctor)).toContain('main');
  });
});
