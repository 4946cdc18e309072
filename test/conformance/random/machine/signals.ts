/**
 * Notify, cancellation tokens, and the tracker.
 *
 * @module
 */
import { dropFuture } from 'async-lessons';
import { at, type Operation } from './world.ts';

export const SIGNALS: Readonly<Record<string, Operation>> = {
  *notified(call) {
    yield* at(call.world.notifies, call).notified();
    return 'ok';
  },
  mknote(call) {
    call.me.notes.push(at(call.world.notifies, call).notified());
    return 'ok';
  },
  enable({ me }) {
    const note = me.notes.at(-1);
    return note === undefined ? 'none' : `${note.enable()}`;
  },
  *awaitnote({ me }) {
    const note = me.notes.pop();
    if (note === undefined) return 'none';
    yield* note;
    return 'ok';
  },
  dropnote({ me }) {
    const note = me.notes.pop();
    if (note !== undefined) dropFuture(note);
    return `${note !== undefined}`;
  },
  notifyone(call) {
    at(call.world.notifies, call).notifyOne();
    return 'ok';
  },
  notifylast(call) {
    at(call.world.notifies, call).notifyLast();
    return 'ok';
  },
  notifywaiters(call) {
    at(call.world.notifies, call).notifyWaiters();
    return 'ok';
  },
  cancel(call) {
    at(call.world.tokens, call).cancel();
    return 'ok';
  },
  *cancelled(call) {
    yield* at(call.world.tokens, call).cancelled();
    return 'ok';
  },
  iscancelled: ({ world }) => world.tokens.map((token) => token.isCancelled()).join(' '),
  *untilcancelled(call) {
    return `${(yield* at(call.world.tokens, call).runUntilCancelled(call.kid(0))) !== undefined}`;
  },
  *trackwait({ world }) {
    yield* world.tracker.wait();
    return 'ok';
  },
  trackclose: ({ world }) => `${world.tracker.close()}`,
  trackreopen: ({ world }) => `${world.tracker.reopen()}`,
  tracklen: ({ world }) => `${world.tracker.length}`,
};
