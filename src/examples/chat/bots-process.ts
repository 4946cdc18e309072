/**
 * Runs in a process of its own: people made of code, who join, talk, and listen.
 *
 * @module
 */
import { connect } from 'node:net';
import { order, report } from '../companion-side.ts';

/** How many come, and how much they say. */
export interface Crowd {
  readonly address: string;
  readonly bots: number;
  /** So many lines each. */
  readonly lines: number;
  /** All they say is said in this time, in ms. */
  readonly talkMs: number;
}

/** What became of them. */
export interface Figures {
  joined: number;
  said: number;
  /** Lines that others have said, and that they have read. */
  heard: number;
  /** Messages of all kinds that the server told them they had missed. */
  missed: number;
  /** So many of them have missed something. */
  late: number;
  /** So many heard the goodbye. */
  goodbyes: number;
  /** So many lost their connection. */
  lost: number;
}

/** What they report: how far they are, that all is said, and at the end how it was. */
export type Report = { readonly joined: number; readonly said: number } | { readonly done: true } | Figures;

/** One more joins about this often, in ms, so that they do not all come at once. */
const ARRIVAL_MS = 2;

/** When nobody has heard anything for so long, all that was said has arrived, in ms. */
const QUIET_MS = 400;

/** Nobody waits longer than this for the last word, in ms. */
const PATIENCE_MS = 60_000;

const PHRASES = ['Good morning!', 'Is anybody here?', 'The tea is ready.', 'Who has the lock?', 'I am just waiting.'];

const { address, bots, lines, talkMs } = order<Crowd>();
const { hostname: host, port } = new URL(`http://${address}`);
const figures: Figures = { joined: 0, said: 0, heard: 0, missed: 0, late: 0, goodbyes: 0, lost: 0 };
let open = bots;
let lastHeard = performance.now();

class Bot {
  readonly #name: string;
  readonly #socket = connect({ host: host.replace(/^\[|\]$/g, ''), port: Number(port || 80) });
  #rest = '';
  #isLate = false;

  constructor(number: number) {
    this.#name = `bot${number}`;
    const socket = this.#socket.setEncoding('utf8').setNoDelay();
    socket.on('data', (chunk: string) => this.#hear(chunk));
    socket.on('end', () => socket.end());
    socket.on('error', () => {
      figures.lost += 1;
    });
    socket.on('close', left);
  }

  #hear(chunk: string): void {
    lastHeard = performance.now();
    const all = (this.#rest + chunk).split('\n');
    this.#rest = all.pop() ?? '';
    if (this.#rest === 'What is your name? ') this.#socket.write(`${this.#name}\n`);
    for (const line of all) this.#heard(line.replace('What is your name? ', ''));
  }

  #heard(line: string): void {
    if (!line.startsWith('* ')) {
      figures.heard += 1;
      return;
    }
    const missed = /missed (\d+) messages\.$/.exec(line)?.[1];
    if (missed !== undefined) {
      figures.missed += Number(missed);
      if (!this.#isLate) figures.late += 1;
      this.#isLate = true;
    } else if (line.startsWith(`* Hello ${this.#name}.`)) this.#joined();
    else if (line === '* Goodbye.') figures.goodbyes += 1;
  }

  #joined(): void {
    figures.joined += 1;
    for (let n = 0; n < lines; n++) {
      setTimeout(() => {
        figures.said += 1;
        this.#socket.write(`${PHRASES[Math.floor(Math.random() * PHRASES.length)]}\n`);
      }, Math.random() * talkMs);
    }
  }
}

function left(): void {
  open -= 1;
  if (open > 0) return;
  report(figures);
  process.disconnect();
}

function watch(): void {
  report({ joined: figures.joined, said: figures.said });
  const isQuiet = performance.now() - lastHeard > QUIET_MS;
  const isSaid = figures.said === open * lines && figures.joined === open;
  if ((isQuiet && isSaid) || performance.now() > PATIENCE_MS) report({ done: true });
  else setTimeout(watch, 100);
}

for (let number = 1; number <= bots; number++) setTimeout(() => new Bot(number), number * ARRIVAL_MS);
watch();
