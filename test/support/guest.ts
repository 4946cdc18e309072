/**
 * Somebody who comes to a chat with bare hands, and writes down what there is to read.
 *
 * @module
 */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { visit } from './raw-http.ts';

/** How long somebody waits for something to be said, in ms. */
const PATIENCE_MS = 20_000;

/** One guest. */
export class Guest {
  /** All that has come. */
  text = '';
  readonly socket: Socket;
  #isClosed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      this.text += chunk;
    });
    socket.once('close', () => {
      this.#isClosed = true;
    });
  }

  /** Comes without a word. */
  static async at(port: number): Promise<Guest> {
    return new Guest(await visit(port));
  }

  /** Comes, and says a name. */
  static async named(name: string, port: number): Promise<Guest> {
    const guest = await Guest.at(port);
    guest.says(name);
    await guest.reads(`* Hello ${name}.`);
    return guest;
  }

  says(line: string): void {
    this.socket.write(`${line}\n`);
  }

  /** Waits until that is there to read. */
  reads(text: string): Promise<void> {
    return this.#until(() => this.text.includes(text), text);
  }

  /** Waits until that is the last there is to read. */
  readsAtLast(text: string): Promise<void> {
    return this.#until(() => this.text.endsWith(text), text);
  }

  async #until(holds: () => boolean, text: string): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!holds()) {
      if (performance.now() > end || this.#isClosed)
        throw new Error(`never read ${text}, only ${this.text.slice(-1000)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** What others have said, line by line. */
  get lines(): string[] {
    return this.text.replaceAll('What is your name? ', '').split('\n').slice(0, -1);
  }

  async closed(): Promise<void> {
    if (!this.#isClosed) await once(this.socket, 'close');
  }
}
