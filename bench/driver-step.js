/**
 * What does a driver step cost, and how long do sockets wait for a busy executor?
 *
 * The answer stands in src/runtime/executor.ts, at HOST_TURN_MS. Run it after a build:
 *
 *     node bench/driver-step.js
 */
import { Worker } from 'node:worker_threads';
import { fromPromise, HOST_TURN_MS, Runtime, spawn, TcpListener, yieldNow } from '../dist/runtime/index.js';

const ROUNDS = 5;
const YIELDS = 500_000;
const TURNS = 50_000;
const PINGS = 200;

/** One task that only yields: each time is one driver step. */
function* spin(times) {
  for (let i = 0; i < times; i++) yield* yieldNow();
}

async function stepCost() {
  const start = performance.now();
  await new Runtime().blockOn(spin(YIELDS));
  return ((performance.now() - start) * 1e6) / YIELDS;
}

/** The same driver steps, each with a turn of the host's event loop. */
async function hostTurnCost() {
  const start = performance.now();
  await new Promise((resolve) => {
    let left = TURNS;
    const turn = () => (--left > 0 ? setImmediate(turn) : resolve());
    setImmediate(turn);
  });
  return ((performance.now() - start) * 1e6) / TURNS;
}

/** A visitor in a thread of its own sends a byte and waits for it to come back. */
const VISITOR = `
  const { parentPort, workerData } = require('node:worker_threads');
  const socket = require('node:net').connect({ port: workerData.port, host: '127.0.0.1', noDelay: true });
  const times = [];
  let sent = 0;
  function ping() { sent = performance.now(); socket.write('.'); }
  socket.on('connect', ping);
  socket.on('data', () => {
    times.push(performance.now() - sent);
    if (times.length === workerData.pings) { parentPort.postMessage(times); socket.end(); }
    else setTimeout(ping, 1);
  });
`;

async function echoLatency(busy) {
  let times = [];
  function* echo(stream) {
    const buffer = new Uint8Array(64);
    for (;;) {
      const length = yield* stream.read(buffer);
      if (length === 0) return;
      yield* stream.writeAll(buffer.subarray(0, length));
    }
  }
  function* main() {
    const listener = yield* TcpListener.bind('127.0.0.1:0');
    const done = new Promise((resolve) => {
      const worker = new Worker(VISITOR, {
        eval: true,
        workerData: { port: listener.localAddress.port, pings: PINGS },
      });
      worker.once('message', (message) => {
        times = message;
        resolve();
      });
    });
    const [stream] = yield* listener.accept();
    spawn(echo(stream));
    if (busy) spawn(spin(Number.POSITIVE_INFINITY));
    yield* fromPromise(done);
  }
  await new Runtime().blockOn(main());
  times.sort((a, b) => a - b);
  return { median: times[PINGS >> 1], p99: times[Math.floor(PINGS * 0.99)] };
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

const steps = [];
const turns = [];
for (let i = 0; i < ROUNDS; i++) {
  steps.push(await stepCost());
  turns.push(await hostTurnCost());
}
const step = median(steps);
const turn = median(turns);
console.log(`driver step (timers and yields), host turn every ${HOST_TURN_MS} ms: ${step.toFixed(0)} ns`);
console.log(
  `a turn of the host alone:                                ${turn.toFixed(0)} ns, ${(turn / step).toFixed(1)} times as much`,
);

const idle = await echoLatency(false);
const busy = await echoLatency(true);
for (const [name, { median, p99 }] of Object.entries({ idle, busy })) {
  console.log(`echo of one byte, executor ${name}: median ${median.toFixed(2)} ms, 99 % ${p99.toFixed(2)} ms`);
}
