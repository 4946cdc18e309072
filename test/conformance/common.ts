/**
 * What every twin shares: the counterparts of the helpers in `common.rs`.
 *
 * @module
 */
import {
  type Async,
  type Awaitable,
  Context,
  dropFuture,
  Elapsed,
  Future,
  IoError,
  JoinError,
  LaggedError,
  now,
  Pending,
  type Poll,
  pollFuture,
  RecvError,
  RuntimeError,
  type Semaphore,
  SendError,
  SendTimeoutError,
  TryAcquireError,
  TryRecvError,
  TrySendError,
  Waker,
  yieldNow,
} from 'async-lessons';

let lines: string[] = [];
let last = 0;

/** Forgets what the case before has logged. */
export function startCase(): void {
  lines = [];
  last = 0;
}

/** What was logged since {@link startCase}. */
export function logged(): string[] {
  return lines;
}

/** `log!("label", "text")`: a line with the whole milliseconds of the runtime's clock. */
export function log(label: string, text: string): void {
  try {
    last = Math.floor(now());
  } catch (error) {
    // Outside a runtime the last time stands, as in common.rs.
    if (!(error instanceof RuntimeError)) throw error;
  }
  lines.push(`${last} ${label} ${text}`);
}

/** `OnDrop(label)`: logs when it is dropped. Hold it with `using`, where Rust drops it by itself. */
export class OnDrop implements Disposable {
  readonly #label: string;

  constructor(label: string) {
    this.#label = label;
  }

  [Symbol.dispose](): void {
    log(this.#label, 'drop');
  }
}

/** `Then(run)`: does something when it is dropped. */
export class Then implements Disposable {
  readonly #run: () => void;

  constructor(run: () => void) {
    this.#run = run;
  }

  [Symbol.dispose](): void {
    this.#run();
  }
}

/** `traced(label, f)`: logs every poll, and the drop if it was not ready by then. */
export function traced<T>(label: string, future: Awaitable<T>): Future<T> {
  return new Traced(label, future);
}

class Traced<T> extends Future<T> {
  readonly #name: string;
  readonly #inner: Awaitable<T>;
  #polls = 0;
  #done = false;

  constructor(name: string, inner: Awaitable<T>) {
    super();
    this.#name = name;
    this.#inner = inner;
  }

  override poll(cx: Context): Poll<T> {
    this.#polls += 1;
    log(this.#name, `poll#${this.#polls}`);
    const answer = pollFuture(this.#inner, cx);
    log(this.#name, `${answer === Pending ? 'pending' : 'ready'}#${this.#polls}`);
    if (answer !== Pending) this.#done = true;
    return answer;
  }

  // As in Rust: the wrapper's own drop runs before that of its field.
  override drop(): void {
    if (this.#done) return;
    this.#done = true;
    log(this.#name, 'drop-unfinished');
    dropFuture(this.#inner);
  }
}

/** `self_wake()`: wakes its own task at the first poll, is ready at the second. */
export function selfWake(): Future<void> {
  return new SelfWake();
}

class SelfWake extends Future<void> {
  #woken = false;

  override poll(cx: Context): Poll<void> {
    if (this.#woken) return undefined;
    this.#woken = true;
    cx.waker.wake();
    return Pending;
  }
}

class NoWaker extends Waker {
  override wake(): void {}
}

/** `future.now_or_never()`: polls once, drops what is not ready. */
export function nowOrNever<T>(future: Awaitable<T>): T | undefined {
  const answer = pollFuture(future, new Context(new NoWaker()));
  if (answer !== Pending) return answer;
  dropFuture(future);
  return undefined;
}

/** `futures::poll!(future)`: polls once with the current task's waker, inside the current poll. */
export function pollOnce<T>(future: Awaitable<T>): Future<T | 'pending'> {
  return new PollOnce(future);
}

class PollOnce<T> extends Future<T | 'pending'> {
  readonly #future: Awaitable<T>;

  constructor(future: Awaitable<T>) {
    super();
    this.#future = future;
  }

  override poll(cx: Context): Poll<T | 'pending'> {
    const answer = pollFuture(this.#future, cx);
    return answer === Pending ? 'pending' : answer;
  }
}

/** `Some(5)` or `None`, as `{:?}` prints what `recv` answers. */
export function option(value: unknown): string {
  return value === undefined ? 'None' : `Some(${debug(value)})`;
}

/** A value as `{:?}` prints it. */
export function debug(value: unknown): string {
  return value === undefined ? '()' : JSON.stringify(value);
}

/** Runs something that may throw, and answers the error instead. */
export function caught(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Awaits something that may throw, and answers the error instead of throwing it. */
export function* outcome<T>(future: Awaitable<T>): Async<{ value: T } | { error: unknown }> {
  try {
    return { value: yield* future };
  } catch (error) {
    return { error };
  }
}

/** The text that `sent`, `try_sent` and `sent_timeout` of common.rs make of a result. */
export function sent(error: unknown): string {
  if (error === undefined) return 'Ok';
  if (error instanceof SendError) return `SendError(${debug(error.value)})`;
  if (error instanceof TrySendError) return `${error.isFull() ? 'Full' : 'Closed'}(${debug(error.value)})`;
  if (error instanceof SendTimeoutError) return `${error.isTimeout() ? 'Timeout' : 'Closed'}(${debug(error.value)})`;
  throw error;
}

/** `Ok(1)`, `Err(Lagged(2))` or `Err(Closed)`: what a broadcast receiver answers, as `{:?}` prints it. */
export function received(result: { value: unknown } | { error: unknown }): string {
  return 'value' in result ? `Ok(${debug(result.value)})` : `Err(${recvError(result.error)})`;
}

/** What `try_recv` of a broadcast receiver answers, as `{:?}` prints it. */
export function tryReceived(rx: { tryRecv(): unknown }): string {
  try {
    return received({ value: rx.tryRecv() });
  } catch (error) {
    return received({ error });
  }
}

/** `Lagged(2)`, `Empty` or `Closed`: why a broadcast receiver got nothing, as `{:?}` prints it. */
export function recvError(error: unknown): string {
  if (error instanceof LaggedError) return `Lagged(${error.skipped})`;
  if (error instanceof RecvError) return 'Closed';
  if (error instanceof TryRecvError) return error.isEmpty() ? 'Empty' : 'Closed';
  throw error;
}

/** The text of a panic. */
export function panicText(error: unknown): string {
  if (!(error instanceof JoinError)) throw error;
  return error.cause instanceof Error ? error.cause.message : String(error.cause);
}

/** The pattern `Some(v)` of a select branch. */
export function isSome<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** `async {}`: ready at the first poll. */
export function* ready(): Async<void> {}

/** `handle.await.unwrap_err()`: joins a task that gives no value, and answers why. */
export function* joinError(handle: Awaitable<unknown>): Async<JoinError> {
  const result = yield* outcome(handle);
  if ('error' in result && result.error instanceof JoinError) return result.error;
  throw new Error(`not a JoinError: ${JSON.stringify(result)}`);
}

/** What a `timeout` came to, as `{:?}` prints it after `.map_err(|_| "elapsed")`. */
export function timed<T>(result: { value: T } | { error: unknown }, show: (value: T) => string = debug): string {
  if ('value' in result) return `Ok(${show(result.value)})`;
  if (!(result.error instanceof Elapsed)) throw result.error;
  return 'Err("elapsed")';
}

/** `result.is_err()` of a `timeout`. */
export function timedOut(result: { value: unknown } | { error: unknown }): boolean {
  if ('value' in result) return false;
  if (!(result.error instanceof Elapsed)) throw result.error;
  return true;
}

/** `future.now_or_never().is_some()`, also where there is no value. A guard is dropped at once. */
export function readyNow(future: Awaitable<unknown>): boolean {
  const answer = pollFuture(future, new Context(new NoWaker()));
  if (answer === Pending) dropFuture(future);
  else (answer as Partial<Disposable> | undefined)?.[Symbol.dispose]?.();
  return answer !== Pending;
}

/** `lock.try_read().is_ok()`, of everything that answers a guard or `undefined`. The guard is dropped at once. */
export function isOk(tried: Disposable | undefined): boolean {
  using guard = tried;
  return guard !== undefined;
}

/** `value.unwrap()` of an option. */
export function unwrap<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('called `Option::unwrap()` on a `None` value');
  return value;
}

/** A list as `{:?}` prints it: `[1, 2, 3]`. */
export function vec(values: readonly unknown[]): string {
  return `[${values.map(debug).join(', ')}]`;
}

/** `semaphore.try_acquire().is_ok()`: the permit is dropped at once. */
export function tryAcquireIsOk(semaphore: Semaphore): boolean {
  try {
    using _permit = semaphore.tryAcquire();
    return true;
  } catch (error) {
    if (!(error instanceof TryAcquireError)) throw error;
    return false;
  }
}

/** What `{}` prints of an error, also of one that {@link outcome} answered. */
export function errorText(failed: unknown): string {
  const error = failed instanceof Error ? failed : (failed as { error?: unknown }).error;
  if (error instanceof Error) return error.message;
  throw new Error(`not an error: ${JSON.stringify(failed)}`);
}

/** Bytes as text, as `std::str::from_utf8(..).unwrap()` reads them. */
export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** `{:?}: {}` of an io error: its kind and its text. */
export function ioError(error: unknown): string {
  if (!(error instanceof IoError)) throw error;
  return `${error.kind}: ${error.message}`;
}

/** The io error with which it fails. */
export function* failure(work: Awaitable<unknown>): Async<string> {
  const result = yield* outcome(work);
  if ('error' in result) return ioError(result.error);
  throw new Error('it did not fail');
}

/** `polls(label, future)`: awaits it with a fresh budget, and logs how often it was polled. */
export function* polls(label: string, future: Awaitable<unknown>): Async<void> {
  yield* yieldNow();
  const counted = new Counted(future);
  yield* counted;
  log(label, `${counted.polls} polls`);
}

class Counted extends Future<void> {
  readonly #inner: Awaitable<unknown>;
  polls = 0;

  constructor(inner: Awaitable<unknown>) {
    super();
    this.#inner = inner;
  }

  override poll(cx: Context): Poll<void> {
    this.polls += 1;
    return pollFuture(this.#inner, cx) === Pending ? Pending : undefined;
  }
}

/** `{:?}` of an io result, with the kind of its error: `Ok(())` or `Err(BrokenPipe)`. */
export function ioResult(result: { value: unknown } | { error: unknown }): string {
  if ('value' in result) return 'Ok(())';
  if (!(result.error instanceof IoError)) throw result.error;
  return `Err(${result.error.kind})`;
}
