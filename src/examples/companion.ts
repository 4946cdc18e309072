/**
 * A process beside the lesson's own: for what is not to share its memory, its thread or its trace.
 *
 * It runs one script, which begins with `companion-side.ts`, is told what to do, and reports. It ends
 * at the latest when the lesson's process does.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** So much of what it says on stderr is kept, in characters: enough for why it died. */
const LAST_WORDS = 2000;

/** One such process. */
export class Companion {
  /** Settles when it has ended by itself, or was ended. Rejects if it died of something else. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  #isDismissed = false;
  #said = '';

  /**
   * @param script its file, as the lesson would import it.
   * @param order what it is told, as plain data.
   * @param heard gets each of its reports.
   * @param node options for its Node.
   */
  constructor(script: URL, order: unknown, heard: (report: never) => void, node: readonly string[] = []) {
    const child = fork(fileURLToPath(script), [JSON.stringify(order)], {
      execArgv: [...node],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    child.on('message', (report) => heard(report as never));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(0, LAST_WORDS);
    });
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        if (this.#isDismissed || code === 0) resolve();
        else reject(new Error(`a process of the lesson ended with ${signal ?? code}: ${firstReason(this.#said)}`));
      });
    });
    // Whoever waits for it hears of it; nobody need.
    this.ended.catch(() => {});
  }

  /** Sends it something. */
  tell(message: object): void {
    if (this.#child.connected) this.#child.send(message);
  }

  /** Ends it, whatever it does. */
  end(): void {
    this.#isDismissed = true;
    this.#child.kill('SIGKILL');
  }
}

/** The line of a dying Node's output that says most. */
function firstReason(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => /^(?:\w*error\b|#? ?fatal\b)/i.test(line)) ??
    lines.find((line) => line !== '') ??
    'it did not say why'
  );
}
