/**
 * The runtime's clock: real, faster than real, or one that jumps.
 *
 * @module
 */
import { InvalidOptionError } from '../errors.ts';
import type { Host } from '../host/host.ts';

/** Tells the time of one run, in milliseconds since it started. */
export interface Clock {
  /** Does time stand still while the program runs? */
  readonly isVirtual: boolean;

  /** It is 0 now. */
  start(): void;

  now(): number;

  /** What it showed when the host's clock showed `hostTime`; of a virtual one, what it shows. */
  at(hostTime: number): number;

  /** How long the host has to wait until it is `deadline`, in real milliseconds. */
  waitFor(deadline: number): number;

  /** Moves a virtual clock forward. @throws {InvalidOptionError} on a real one. */
  advanceTo(time: number): void;
}

/** The time of the host, `speed` times as fast. */
export class RealClock implements Clock {
  readonly isVirtual = false;
  readonly #host: Host;
  readonly #speed: number;
  #start = 0;

  constructor(host: Host, speed: number) {
    this.#host = host;
    this.#speed = speed;
  }

  start(): void {
    this.#start = this.#host.now();
  }

  now(): number {
    return this.at(this.#host.now());
  }

  at(hostTime: number): number {
    return (hostTime - this.#start) * this.#speed;
  }

  waitFor(deadline: number): number {
    return Math.max(0, (deadline - this.now()) / this.#speed);
  }

  advanceTo(): never {
    throw new InvalidOptionError('advance()', "a runtime with `clock: 'virtual'`", 'a real clock');
  }
}

/** Stands still while anything can run, then jumps to the next deadline. */
export class VirtualClock implements Clock {
  readonly isVirtual = true;
  #now = 0;

  start(): void {}

  now(): number {
    return this.#now;
  }

  at(): number {
    return this.#now;
  }

  waitFor(): number {
    return 0;
  }

  advanceTo(time: number): void {
    this.#now = Math.max(this.#now, time);
  }
}
