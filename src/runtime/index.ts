/**
 * An async runtime to learn from, in the shape of Tokio's.
 *
 * | you want to…                              | take                                        |
 * | ----------------------------------------- | ------------------------------------------- |
 * | run a program                             | {@link Runtime}                             |
 * | start a task, and hear how it ended       | {@link spawn}, {@link JoinHandle}           |
 * | keep tasks together                       | {@link JoinSet}                             |
 * | wait for time                             | {@link sleep}, {@link interval}             |
 * | not wait too long                         | {@link timeout}                             |
 * | wait for several, or for the first        | {@link join}, {@link tryJoin}, {@link select} |
 * | wait for a list of them, or one by one    | {@link joinAll}, {@link FuturesUnordered}   |
 * | know in a function for whom it runs       | {@link TaskLocal}                           |
 * | pass a stream of values, with a limit     | `mpsc.channel(32)`                          |
 * | hand over one value, once                 | `oneshot.channel()`                         |
 * | tell everybody                            | `broadcast.channel(16)`                     |
 * | share a value that changes                | `watch.channel(initial)`                    |
 * | let one task at a time touch something    | {@link Mutex}                               |
 * | let many look and one change              | {@link RwLock}                              |
 * | let so many at a time do something        | {@link Semaphore}                           |
 * | make a value once, or wait for one        | {@link OnceCell}, {@link SetOnce}           |
 * | wait for a change of something            | {@link Notify}                              |
 * | wait for each other                       | {@link Barrier}                             |
 * | stop tasks politely, and wait for them    | {@link CancellationToken}, {@link TaskTracker} |
 * | serve and connect                         | {@link TcpListener}, {@link TcpStream}      |
 * | read lines                                | {@link BufReader}                           |
 * | a connection without a network            | `duplex(64)`                                |
 * | await a promise                           | {@link fromPromise}                         |
 * | compute or block without holding up others | {@link spawnBlocking}                      |
 *
 * To read it as a book: `future.ts`, `task.ts`, `executor.ts`, `time/timers.ts`, `sync/permits.ts`,
 * `sync/mutex.ts`, `sync/mpsc.ts`, `combinators/select.ts`.
 *
 * @module
 */
export type { AbortHandle } from './abort-handle.ts';
export { DeadlockError, type StuckTask, type StuckWait } from './autopsy.ts';
export { type BlockingFunction, type BlockingModule, blockingModule } from './blocking/blocking-module.ts';
export { ClosureError, NotSendError } from './blocking/errors.ts';
export { transfer } from './blocking/send.ts';
export { spawnBlocking } from './blocking/spawn-blocking.ts';
export { TURN_BUDGET } from './budget.ts';
export type { Choices } from './choices.ts';
export { TokioOrder } from './choices.ts';
export { FuturesUnordered } from './combinators/futures-unordered.ts';
export { join, tryJoin } from './combinators/join.ts';
export { joinAll, tryJoinAll } from './combinators/join-all.ts';
export { ref } from './combinators/ref.ts';
export {
  AllBranchesDisabledError,
  type Branch,
  type Branches,
  type BranchOptions,
  branch,
  type SelectOptions,
  select,
  type Winner,
} from './combinators/select.ts';
export { Context, Waker, type WakeSource } from './context.ts';
export { consumeBudget, cooperative, hasBudgetRemaining, unconstrained } from './coop.ts';
export {
  DroppedFromInsideError,
  ForgottenAwaitError,
  InvalidDurationError,
  InvalidOptionError,
  NestedRuntimeError,
  NotAFutureError,
  OutsideRuntimeError,
  PolledAfterCompletionError,
  PolledAfterDropError,
  RuntimeError,
  RuntimeFinishedError,
  RuntimeStoppedError,
  UnawaitedYieldError,
} from './errors.ts';
export type {
  Await,
  Observer,
  ResourceKind,
  ResourceOp,
  ResourceRef,
  RuntimeEvent,
  TaskRef,
  WakeCause,
} from './events.ts';
export { EVENT_INTERVAL, HOST_TURN_MS } from './executor.ts';
export { fromPromise } from './from-promise.ts';
export {
  type Async,
  type Awaitable,
  dropFuture,
  Future,
  type Output,
  Pending,
  type Poll,
  pollFuture,
  type Suspended,
} from './future.ts';
export { ctrlC, isCtrlCAwaited } from './host/ctrl-c.ts';
export { MOST_THREADS } from './host/threads.ts';
export type { AsyncRead, AsyncWrite } from './io/async-io.ts';
export { AsyncReader } from './io/async-reader.ts';
export { BufReader, type BufReaderOptions, MAX_LINE_LENGTH } from './io/buf-reader.ts';
export type { ByteStream } from './io/byte-stream.ts';
export { copy } from './io/copy.ts';
export { copyBidirectional } from './io/copy-bidirectional.ts';
export { type DuplexStream, duplex } from './io/duplex.ts';
export { type ReadHalf, ReuniteError, UsedAfterMoveError, type WriteHalf } from './io/halves.ts';
export { IoError } from './io/io-error.ts';
export type { Lines } from './io/lines.ts';
export { JoinError } from './join-error.ts';
export type { JoinHandle } from './join-handle.ts';
export { type Joined, JoinSet } from './join-set.ts';
export type { Location } from './location.ts';
export { SocketAddress } from './net/address.ts';
export { TcpListener } from './net/tcp-listener.ts';
export { TcpStream } from './net/tcp-stream.ts';
export { println } from './print.ts';
export { Runtime, type RuntimeOptions } from './runtime.ts';
export {
  OutsideTaskError,
  pending,
  type SpawnOptions,
  spawn,
  taskId,
  yieldNow,
} from './spawn.ts';
export { Barrier, BarrierWaitResult } from './sync/barrier.ts';
export * as broadcast from './sync/broadcast.ts';
export { CancellationToken, DropGuard } from './sync/cancellation-token.ts';

export {
  LaggedError,
  RecvError,
  SendError,
  SendTimeoutError,
  SharedReceiverError,
  TryRecvError,
  TrySendError,
  UsedAfterDropError,
} from './sync/channel-errors.ts';
export { GuardDisposedError } from './sync/guard.ts';
export * as mpsc from './sync/mpsc.ts';
export { Mutex, type MutexGuard } from './sync/mutex.ts';
export { type Notified, Notify } from './sync/notify.ts';
export { OnceCell, SetError } from './sync/once-cell.ts';
export * as oneshot from './sync/oneshot.ts';
export { RwLock, type RwLockReadGuard, type RwLockWriteGuard } from './sync/rwlock.ts';
export { AcquireError, Semaphore, type SemaphorePermit, TryAcquireError } from './sync/semaphore.ts';
export { SetOnce, SetOnceError } from './sync/set-once.ts';
export { TaskTracker, TaskTrackerToken } from './sync/task-tracker.ts';
export * as watch from './sync/watch.ts';
export { AccessError, TaskLocal } from './task-local.ts';
export { advance } from './time/advance.ts';
export { millis, secs } from './time/duration.ts';
export { type Interval, type IntervalOptions, interval, type MissedTicks } from './time/interval.ts';
export { now, type Sleep, sleep, sleepUntil } from './time/sleep.ts';
export { Elapsed, type Timeout, timeout, timeoutAt } from './time/timeout.ts';
