import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that keeps what is written to it. */
export class FakeTerminal implements Terminal {
  written = '';
  errors = '';
  readonly width: number | undefined;
  readonly color: boolean;
  readonly unicode = true;
  readonly animated = false;

  constructor({ width, color = false }: { width?: number; color?: boolean } = {}) {
    this.width = width;
    this.color = color;
  }

  out(text: string): void {
    this.written += text;
  }

  err(text: string): void {
    this.errors += text;
  }

  readonly stderr = { out: (text: string) => this.err(text), width: undefined, color: false };
}
