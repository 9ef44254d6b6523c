// A client that sends what a test gives it and records what it receives, without knowledge of the
// protocol.

import { fail } from "../assert.ts";

/** Any JSON object that came over the wire. */
export type Heard = Record<string, unknown>;

const patienceMs = 10_000;

function isRecord(value: unknown): value is Heard {
  return typeof value === "object" && value !== null;
}

export class Client {
  /** Everything heard, in order. */
  readonly heard: Heard[] = [];
  readonly opened: Promise<void>;
  /** Resolves with the first thing heard. */
  readonly answered: Promise<Heard>;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
  #waiting: (() => void)[] = [];

  /** `options`: sub-protocols, or what else Deno takes. */
  constructor(url: string, options: string[] | WebSocketOptions = []) {
    // The type of the DOM knows sub-protocols only.
    this.socket = Reflect.construct(WebSocket, [url, options]);
    this.opened = new Promise((resolve) => this.socket.onopen = () => resolve());
    this.closed = new Promise((resolve) => {
      this.socket.onclose = ({ code }) => {
        resolve(code);
        this.#wake();
      };
    });
    let answer = (_: Heard) => {};
    this.answered = new Promise((resolve) => answer = resolve);
    this.socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      const value: unknown = typeof data === "string" ? JSON.parse(data) : undefined;
      if (!isRecord(value)) fail("the server sent something that is no JSON object");
      this.heard.push(value);
      answer(value);
      this.#wake();
    };
  }

  say(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** SkyRTC's envelope. */
  event(eventName: string, data: unknown): void {
    this.say({ eventName, data });
  }

  /** The first thing heard, from `after` on, with `type` or `eventName` called `name`. */
  async hear(name: string, after = 0): Promise<Heard> {
    const find = () =>
      this.heard.slice(after).find((heard) => (heard.type ?? heard.eventName) === name);
    return find() ?? await this.#until(find, `"${name}"`);
  }

  /**
   * What this client received from the room until the server answered one more `ping`, without
   * ticks and messages about owners.
   */
  async allHeard(): Promise<Heard[]> {
    const after = this.heard.length;
    this.say({ type: "ping" });
    await this.hear("tick", after);
    return this.heard.filter(({ type }) => !["tick", "rules", "owner-key"].includes(String(type)));
  }

  leave(): Promise<number> {
    this.socket.close(1000);
    return this.closed;
  }

  async #until<T>(find: () => T | undefined, what: string): Promise<T> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      await this.#next(deadline - Date.now());
      const found = find();
      if (found !== undefined) return found;
      if (this.socket.readyState === WebSocket.CLOSED) break;
    }
    return fail(`no ${what} in ${JSON.stringify(this.heard)}`);
  }

  #next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #wake(): void {
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }
}

/** The text at `path` of a received message; fails if there is none. */
export function text(heard: Heard, ...path: string[]): string {
  let value: unknown = heard;
  for (const key of path) value = isRecord(value) ? value[key] : undefined;
  return typeof value === "string" ? value : fail(`no text at ${path} of ${JSON.stringify(heard)}`);
}

/** The value at `path` of something heard. */
export function at(heard: Heard, ...path: string[]): unknown {
  let value: unknown = heard;
  for (const key of path) value = isRecord(value) ? value[key] : undefined;
  return value;
}
