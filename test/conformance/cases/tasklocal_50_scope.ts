import { type Async, millis, sleep, spawn, TaskLocal } from 'async-lessons';
import { log, selfWake } from '../common.ts';

const USER = new TaskLocal<string>('USER');

function* whoami(label: string): Async<void> {
  log(label, USER.tryGet() ?? 'nobody');
}

function* guest(name: string): Async<void> {
  yield* whoami(name);
  yield* sleep(millis(5));
  yield* whoami(name);
}

function* user(name: string): Async<void> {
  for (let i = 0; i < 2; i++) {
    yield* whoami(name);
    yield* selfWake();
  }
  yield* USER.scope('guest', guest(name));
  yield* whoami(name);
  yield* spawn(whoami('spawned inside'));
  USER.syncScope('sync', () => log(name, USER.get()));
  log(name, USER.get());
}

export function* main(): Async<void> {
  yield* whoami('outside');
  const hs = ['anna', 'ben'].map((name) => spawn(USER.scope(name, user(name))));
  hs.push(
    spawn(
      (function* (): Async<void> {
        yield* selfWake();
        yield* whoami('stranger');
      })(),
    ),
  );
  for (const h of hs) yield* h;
  yield* whoami('outside');
}
