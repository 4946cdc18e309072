/**
 * The servers: requests a second under `wrk`, and what an idle connection takes.
 *
 * Server and `wrk` share the machine, so beside requests a second there is what a request takes of
 * the server's processor: that is what the server itself decides.
 *
 * @module
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { here } from '../contenders.js';
import { judgeAll, median } from '../verdict.js';

const execute = promisify(execFile);
const CONNECTIONS = [64, 1000];
const SECONDS = 3;
const IDLE = 10_000;

/** A process that tells one line of JSON at a time, and does something at each line it is sent. */
class Talker {
  constructor(command, args) {
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.over = new Promise((resolve) => this.child.once('exit', resolve));
  }

  async hear() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.child.spawnargs.join(' ')} ended`);
    return JSON.parse(value);
  }

  ask() {
    this.child.stdin.write('\n');
    return this.hear();
  }

  async end() {
    this.child.stdin.end();
    await this.over;
  }
}

function start(name) {
  if (name === 'tokio') return new Talker(here('tokio/target/release/server'), []);
  return new Talker(process.execPath, ['--expose-gc', here(`servers/${name}.js`)]);
}

function hasWrk() {
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
  } catch (error) {
    return error.code !== 'ENOENT'; // It says its version with an exit code of 1.
  }
  return true;
}

async function load(port, connections, seconds) {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, `http://127.0.0.1:${port}/`];
  const { stdout } = await execute('wrk', args);
  // A timeout is an answer that took more than two seconds, which other load on the machine can do.
  if (/Non-2xx|Socket errors: (?!connect 0, read 0, write 0)/.test(stdout)) {
    throw new Error(`wrk was not answered well:\n${stdout}`);
  }
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]),
    requests: Number(/(\d+) requests in/.exec(stdout)[1]),
  };
}

async function underLoad(name, connections, seconds) {
  const server = start(name);
  const { port } = await server.hear();
  await execute('wrk', ['-t1', '-c16', '-d1s', `http://127.0.0.1:${port}/`]); // Warm.
  const before = await server.ask();
  const { rate, requests } = await load(port, connections, seconds);
  const after = await server.ask();
  await server.end();
  return { rate, cpu: (after.cpu - before.cpu) / requests };
}

async function idle(name, count) {
  const server = start(name);
  const { port } = await server.hear();
  const before = await server.ask();
  const visitors = new Talker(process.execPath, [here('servers/visitors.js'), String(port), String(count)]);
  const { arrived, failed } = await visitors.hear();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const with_ = await server.ask();
  const answers = await visitors.ask();
  await visitors.end();
  await server.end();
  if (arrived !== count || failed > 0 || answers.answered !== count) {
    throw new Error(`${name} held ${arrived} of ${count} idle connections, and answered ${answers.answered}`);
  }
  return { rss: (with_.rss - before.rss) / count, heap: (with_.heap - before.heap) / count };
}

export async function serverRows({ wants, rounds, scale, hasTokio, progress }) {
  const who = ['ours', 'net', 'http', ...(hasTokio ? ['tokio'] : [])];
  const rows = [];
  if (wants('server') && !hasWrk()) {
    console.error('bench: wrk is not there (apt-get install wrk), so the servers are not measured');
  } else if (wants('server')) {
    for (const connections of CONNECTIONS) {
      progress(`server, ${connections} connections`);
      const measured = await interleaved(who, rounds, (name) => underLoad(name, connections, scale < 1 ? 1 : SECONDS));
      rows.push({
        name: `server ${connections}`,
        title: `requests a second, \`wrk -c ${connections}\``,
        size: connections,
        unit: 'requests/s',
        figures: pick(measured, { value: 'rate', cpu: 'cpu' }),
        targets: judgeAll(
          [
            { least: 0.9, against: 'net' },
            { least: 1.4, against: 'http' },
          ],
          values(measured, 'rate'),
        ),
      });
      rows.push({
        name: `server cpu ${connections}`,
        title: `processor time of the server a request, \`wrk -c ${connections}\``,
        size: connections,
        unit: 'ns',
        figures: pick(measured, { value: 'cpu' }),
        targets: [],
      });
    }
  }
  if (wants('idle')) {
    const count = Math.max(10, Math.round(IDLE * scale));
    progress(`${count} idle connections`);
    const measured = await interleaved(who, Math.min(rounds, 3), (name) => idle(name, count));
    rows.push({
      name: 'idle',
      title: 'bytes of an idle connection (RSS)',
      size: count,
      unit: 'bytes',
      figures: pick(measured, { value: 'rss', heap: 'heap' }),
      targets: [{ text: `${count} idle connections held, and all answered`, value: count, verdict: 'met' }],
    });
  }
  return rows;
}

async function interleaved(who, rounds, measure) {
  const measured = Object.fromEntries(who.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of who) measured[name].push(await measure(name));
  }
  return measured;
}

const values = (measured, field) =>
  Object.fromEntries(Object.entries(measured).map(([name, results]) => [name, results.map((one) => one[field])]));

function pick(measured, fields) {
  return Object.fromEntries(
    Object.entries(measured).map(([name, results]) => [
      name,
      Object.fromEntries(
        Object.entries(fields).map(([to, from]) => [to, Math.round(median(results.map((one) => one[from])))]),
      ),
    ]),
  );
}
