/**
 * Runs the core: takes one input, lets the core decide, hands on all its effects in order, then
 * takes the next input. Passwords are hashed and checked outside the step; meanwhile the later
 * frames of that socket wait. Nothing that a client sends makes a method throw.
 */
import type {
  AdminCommand,
  Effect,
  Incoming,
  Input,
  Moment,
  Receive,
  SocketId,
} from "../core/core_types.ts";
import { step } from "../core/core.ts";
import { isAccepted } from "../core/doorbell_commands.ts";
import { CoreState } from "../core/state.ts";
import { Passwords } from "./passwords.ts";
import type { HostOptions, OpenSocket, ReadFrame } from "./room_host.ts";

/** How often the core is fed a tick, ms. Deadlines are late by at most this. */
export const tickMs = 1_000;

/** How many frames of a socket may wait for the check of a password. */
const deferredMost = 64;

/** An input before its moment is known. */
type Timeless<I> = I extends Input ? Omit<I, keyof Moment> : never;

/** Where the effects of inputs go. */
export interface LoopParts {
  /** Called with the effects of each input, in order. */
  readonly handOn: (effects: readonly Effect[], input: Input) => void;
  /** Whether the core may take an input now; by default it may take every one. */
  readonly accepts?: (input: Input) => boolean;
}

/** The core with its queue of inputs. */
export class CoreLoop {
  readonly state: CoreState;
  readonly #options: HostOptions;
  readonly #parts: LoopParts;
  readonly #passwords: Passwords;
  readonly #guessers = new Map<SocketId, string>();
  /** Frames of sockets whose password is being checked or hashed. */
  readonly #deferred = new Map<SocketId, ReadFrame[]>();
  readonly #inputs: Input[] = [];
  #isStepping = false;

  constructor(options: HostOptions, parts: LoopParts) {
    // Passed on whole, because its fields may be getters.
    this.state = new CoreState(options);
    this.#options = options;
    this.#parts = parts;
    this.#passwords = new Passwords(() => options.surroundings.moment().now);
  }

  /** Adds an open socket. */
  connect({ guesser, ...socket }: OpenSocket): void {
    this.#guessers.set(socket.socketId, guesser);
    this.#feed({ kind: "connect", ...socket });
  }

  /** Handles a frame of an open socket. */
  receive(socketId: SocketId, frame: ReadFrame): void {
    const deferred = this.#deferred.get(socketId);
    if (deferred !== undefined) {
      deferred.push(frame);
      if (deferred.length > deferredMost) this.#options.sockets.close(socketId, "rate");
      return;
    }
    const input = { kind: "message", socketId, ...frame } as const;
    const checked = this.#checkPassword(socketId, frame.message);
    if (checked === undefined) this.#feed(input);
    else void this.#feedLater(socketId, checked.then((result) => ({ ...input, ...result })));
  }

  /** Whether a password of a socket is being checked or hashed. */
  isChecking(socketId: SocketId): boolean {
    return this.#deferred.has(socketId);
  }

  /** Forgets a socket that has ended. */
  closed(socketId: SocketId, code: number): void {
    this.#guessers.delete(socketId);
    this.#deferred.delete(socketId);
    this.#feed({ kind: "close", socketId, code });
  }

  /** Lets the core see that time has passed. */
  tick(): void {
    this.#feed({ kind: "tick" });
  }

  /**
   * Carries out a command; false if the server is too busy to hash its password, or if a key or
   * token in it is not valid.
   */
  async execute(room: string, command: AdminCommand): Promise<boolean> {
    if (command.does === "reserve" && command.rules.password !== undefined) {
      const password = await this.#passwords.hash(command.rules.password);
      if (password === undefined) return false;
      command = { ...command, rules: { ...command.rules, password } };
    }
    const { at } = this.#options.surroundings.moment();
    if (!isAccepted(this.state, { room, command }, at)) return false;
    this.#feed({ kind: "command", room, command });
    return true;
  }

  /** Hashes or checks the password in a message; undefined: there is none. */
  #checkPassword(
    socketId: SocketId,
    message: Incoming | undefined,
  ): Promise<Pick<Receive, "message" | "guess">> | undefined {
    if (message?.type === "set-rules" && message.password !== undefined) {
      return this.#passwords.hash(message.password).then((password) => ({
        message: password === undefined ? undefined : { ...message, password },
        reason: "too busy for a new password, try again",
      }));
    }
    if (message?.type !== "join" || message.password === undefined) return undefined;
    const kept = this.state.passwordHash(message.room, this.#options.surroundings.moment().at);
    const address = this.#guessers.get(socketId);
    return kept === undefined || address === undefined
      ? undefined
      : this.#passwords.check(message.password, { kept, address })
        .then((guess) => ({ message, guess }));
  }

  /** Feeds an input when it is ready, and after it the frames that its socket sent meanwhile. */
  async #feedLater(socketId: SocketId, ready: Promise<Timeless<Receive>>): Promise<void> {
    const frames: ReadFrame[] = [];
    this.#deferred.set(socketId, frames);
    const input = await ready.catch((error: unknown) => {
      this.#options.onFault(error);
      return undefined;
    });
    // Another list, or none: the socket has closed.
    if (this.#deferred.get(socketId) !== frames) return;
    this.#deferred.delete(socketId);
    if (input !== undefined) this.#feed(input);
    for (const frame of frames) this.receive(socketId, frame);
  }

  #feed(input: Timeless<Input>): void {
    // The moment at which it came, not that of its turn.
    const timed = { ...input, ...this.#options.surroundings.moment() };
    this.#inputs.push(timed);
    if (this.#isStepping) return;
    this.#isStepping = true;
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
      try {
        const { accepts, handOn } = this.#parts;
        const current = next;
        if (accepts?.(current) !== false) handOn(step(this.state, current), current);
      } catch (error) {
        this.#options.onFault(error);
      }
    }
    this.#isStepping = false;
  }
}
