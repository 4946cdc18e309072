/**
 * Chat: everybody hears everybody, through one channel.
 *
 * You will see: a task for each person, which waits for two things at once: that the person says
 * something, and that others do. Whoever reads too slowly misses messages, and nobody waits for them.
 *
 * Try: `nc 127.0.0.1 8081` in two other terminals.
 *
 * Your own copy: `npx async-lessons run chat.ts`, or `await new Runtime().blockOn(main())` at its end.
 */
import {
  type Async,
  type Awaitable,
  BufReader,
  broadcast,
  CancellationToken,
  ctrlC,
  Elapsed,
  IoError,
  LaggedError,
  println,
  ref,
  secs,
  select,
  TaskTracker,
  TcpListener,
  type TcpStream,
  timeout,
} from 'async-lessons';

type Message = { readonly from: string; readonly text: string };

interface Room {
  readonly messages: broadcast.Sender<Message>;
  readonly names: Set<string>;
  readonly closing: CancellationToken;
  readonly log: (line: string) => void;
}

/** Without what a terminal would obey instead of showing it: control characters, and marks that turn text around. */
function harmless(text: string): string {
  return text.replaceAll('\t', ' ').replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '');
}

function tell({ messages }: Room, from: string, text: string): void {
  if (messages.receiverCount > 0) messages.send({ from, text: `${text}\n` });
}

/** The next line; `null` if it is no text, or too long, and `undefined` at the end. */
function* nextLine(reader: BufReader): Async<string | null | undefined> {
  try {
    return yield* reader.readLine();
  } catch (error) {
    if (!(error instanceof IoError && error.kind === 'InvalidData')) throw error;
    return null;
  }
}

function* askName(stream: TcpStream, reader: BufReader, { names }: Room): Async<string | undefined> {
  for (;;) {
    yield* stream.writeAll('What is your name? ');
    const name = yield* nextLine(reader);
    if (name === undefined) return undefined;
    if (name !== null && /^[\p{L}\p{N}]{1,20}$/u.test(name) && !names.has(name.toLowerCase())) return name;
    yield* stream.writeAll('* Up to 20 letters and digits, please, and a name that nobody has.\n');
  }
}

/** All that somebody has not read yet, in one piece. */
function unread(name: string, first: Message, inbox: broadcast.Receiver<Message>): string {
  const all = [first];
  while (!inbox.isEmpty()) all.push(inbox.tryRecv());
  return all.map(({ from, text }) => (from === name ? '' : text)).join('');
}

function* chat(name: string, stream: TcpStream, reader: BufReader, room: Room): Async<void> {
  using inbox = room.messages.subscribe();
  tell(room, name, `* ${name} has joined.`);
  yield* stream.writeAll(`* Hello ${name}. People here: ${room.names.size}\n`);
  for (;;) {
    try {
      const next = yield* select({ line: nextLine(reader), message: inbox.recv() });
      if (next.branch === 'message') yield* stream.writeAll(unread(name, next.value, inbox));
      else if (next.value === undefined) return;
      else if (next.value === null) yield* stream.writeAll('* That was no text, or too long.\n');
      else if (next.value !== '') tell(room, name, `${name}: ${harmless(next.value)}`);
    } catch (error) {
      if (!(error instanceof LaggedError)) throw error;
      yield* stream.writeAll(`* You were too slow, and missed ${error.skipped} messages.\n`);
    }
  }
}

function* visit(stream: TcpStream, reader: BufReader, room: Room): Async<void> {
  const name = yield* timeout(secs(60), askName(stream, reader, room));
  if (name === undefined) return;
  room.names.add(name.toLowerCase());
  room.log(`${name} has joined.`);
  try {
    yield* chat(name, stream, reader, room);
  } finally {
    room.names.delete(name.toLowerCase());
    room.log(`${name} has left.`);
    if (!room.closing.isCancelled()) tell(room, name, `* ${name} has left.`);
  }
}

function* hangUp(stream: TcpStream): Async<void> {
  yield* stream.shutdown();
  // Whoever closes while something unread is in a socket may take back what it has sent.
  for (const rest = new Uint8Array(1024); (yield* stream.read(rest)) > 0; );
}

function* serve(stream: TcpStream, room: Room): Async<void> {
  using connection = stream;
  const reader = new BufReader(connection, { maxLineLength: 1000 });
  try {
    const end = yield* select({ visit: visit(connection, reader, room), closing: room.closing.cancelled() });
    if (end.branch === 'closing') yield* connection.writeAll('* Goodbye.\n');
    yield* timeout(secs(1), hangUp(connection));
  } catch (error) {
    if (!(error instanceof IoError || error instanceof Elapsed)) throw error; // They are gone.
  }
}

export function* main({
  address = '127.0.0.1:8081',
  keep = 64,
  stop = undefined as Awaitable<void> | undefined,
  log = println,
} = {}): Async<void> {
  using listener = yield* TcpListener.bind(address);
  log(`Listening on ${listener.localAddress}`);
  const [messages, nobody] = broadcast.channel<Message>(keep);
  nobody[Symbol.dispose]();
  const room = { messages, names: new Set<string>(), closing: new CancellationToken(), log };
  const tasks = new TaskTracker();
  const stopping = stop ?? ctrlC();
  for (let n = 1; ; n++) {
    const next = yield* select({ person: listener.accept(), stop: ref(stopping) });
    if (next.branch === 'stop') break;
    tasks.spawn(serve(next.value[0], room), { name: `person ${n}` });
  }

  println('Saying goodbye.');
  listener[Symbol.dispose]();
  room.closing.cancel();
  tasks.close();
  try {
    yield* timeout(secs(2), tasks.wait());
  } catch (error) {
    if (!(error instanceof Elapsed)) throw error;
    println(`Still here, and left alone: ${tasks.length}`);
  }
}
