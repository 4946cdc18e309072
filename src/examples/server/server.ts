/**
 * Server: one thread, one task for each visitor.
 *
 * You will see: a visitor who is slow, or says nothing, costs a task that waits, and no thread. All
 * others are served meanwhile.
 *
 * Try: put `yield* sleep(secs(1))` before the answer. How long do fifty visitors take together?
 *
 * Your own copy: `npx async-lessons run server.ts`, or `await new Runtime().blockOn(main())` at its end.
 */
import {
  type Async,
  type Awaitable,
  ctrlC,
  Elapsed,
  IoError,
  mpsc,
  println,
  ref,
  secs,
  select,
  spawn,
  TcpListener,
  type TcpStream,
  timeout,
} from 'async-lessons';

const GREETING = 'Hello from a single thread!\n';

const RESPONSE = [
  'HTTP/1.1 200 OK',
  'Content-Type: text/plain; charset=utf-8',
  `Content-Length: ${GREETING.length}`,
  'Connection: close',
  '',
  GREETING,
].join('\r\n');

function* answer(connection: TcpStream): Async<void> {
  const buffer = new Uint8Array(1024);
  const length = yield* connection.read(buffer);
  if (length === 0) return; // The visitor left without a word.

  const [request] = new TextDecoder().decode(buffer.subarray(0, length)).split('\r\n');
  println(`Received request: ${request}`);
  yield* connection.writeAll(RESPONSE);
  yield* connection.shutdown();
}

function* serve(stream: TcpStream, tally: { served: number }, open: mpsc.Sender<never>): Async<void> {
  using _open = open; // Tells main, when it is dropped, that this connection is done.
  using connection = stream;
  try {
    yield* answer(connection);
    tally.served += 1;
  } catch (error) {
    if (!(error instanceof IoError)) throw error;
    println(`Lost a visitor: ${error.message}`);
  }
}

export function* main({
  address = '127.0.0.1:8080',
  stop,
}: {
  address?: string;
  stop?: Awaitable<void>;
} = {}): Async<void> {
  using listener = yield* TcpListener.bind(address);
  println(`Listening on http://${listener.localAddress}`);

  const [open, allClosed] = mpsc.channel<never>(1);
  const stopping = stop ?? ctrlC();
  const tally = { visitors: 0, served: 0 };
  for (;;) {
    const next = yield* select({ visitor: listener.accept(), stop: ref(stopping) });
    if (next.branch === 'stop') break;
    const [stream] = next.value;
    tally.visitors += 1;
    spawn(serve(stream, tally, open.clone()), { name: `visitor ${tally.visitors}` });
  }

  println('Closing the door.');
  listener[Symbol.dispose]();
  open[Symbol.dispose]();
  try {
    // Answers when the last task has dropped its sender.
    yield* timeout(secs(2), allClosed.recv());
  } catch (error) {
    if (!(error instanceof Elapsed)) throw error;
    println('Some visitors have not finished. Closing anyway.');
  }
  println(`Visitors served: ${tally.served}`);
}
