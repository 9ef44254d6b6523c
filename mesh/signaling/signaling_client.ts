/**
 * The WebSocket to the server, kept alive through losses. Invariants:
 * 1 At most one socket counts; nothing from an older one is received.
 * 2 The first message on every socket is a join, with the resume token of the last welcome.
 * 3 A socket silent for `limits.silenceMs` is dead, whatever the browser thinks; so is one that
 *   does not open in time.
 * 4 After `ended` or close() nothing is opened, sent or emitted.
 */
import {
  type ClientMessage,
  closeCode,
  type CloseReason,
  closeReason,
  isClosing,
  type Join,
  limits,
  type Parsed,
  parseServerMessage,
  parseSignal,
  readEnvelope,
  RELAY_SUBPROTOCOL,
  retryAfterClose,
  type ServerMessage,
  subprotocols,
  writeEnvelope,
} from "../../protocol/mod.ts";
import { backoff } from "./backoff.ts";
import type { Environment } from "../environment.ts";
import type { Wake } from "../platform.ts";

/** What happens on the way to the server. */
export type SignalingEvent =
  | { readonly type: "message"; readonly message: ServerMessage }
  /** A frame of another type. */
  | { readonly type: "unknown"; readonly frame: string }
  /** The socket is lost; the client opens another by itself. */
  | { readonly type: "lost" }
  /** The server has closed the session for good. */
  | { readonly type: "ended"; readonly reason: CloseReason };

interface SignalingClientOptions {
  readonly url: string;
  readonly environment: Pick<Environment, "openSocket" | "clock" | "page" | "random">;
  /** Makes the first message of every new socket. */
  readonly join: () => Omit<Join, "resume">;
  readonly emit: (event: SignalingEvent) => void;
}

/** As WebSocket.OPEN, which is missing if a program brings its own sockets. */
const OPEN = 1;

/** Milliseconds. */
export const socketTimes = {
  open: 5_000,
  /** The server ticks every 10 s; after that the client asks. */
  ping: 12_000,
  /** After a wake an answer must come soon, or the socket belongs to a lost network. */
  probe: 5_000,
  /** After a change of network, or while a link is silent: its recovery needs this socket. */
  suspicion: 1_500,
  /** After a session this long, the next loss starts counting from zero. */
  good: 10_000,
} as const;

/** The connection to the server for one visit. Call start() once. */
export class SignalingClient {
  readonly #options: SignalingClientOptions;
  #socket: WebSocket | undefined;
  #resumeToken: string | undefined;
  #welcomedAt: number | undefined;
  #attempt = 0;
  /**
   * The close code that the server's last error announced; a reset connection loses the code
   * itself.
   */
  #announced: number | undefined;
  /** A probe waits for its answer. */
  #probing = false;
  #phase: "new" | "running" | "closed" = "new";
  #cancelRetry: (() => void) | undefined;
  #cancelWatch = () => {};
  #stopWaking = () => {};

  constructor(options: SignalingClientOptions) {
    this.#options = options;
  }

  /** `resume`: the token of an earlier page of this tab. */
  start(resume?: string): void {
    if (this.#phase !== "new") return;
    this.#phase = "running";
    this.#resumeToken = resume;
    this.#stopWaking = this.#options.environment.page.onWake((reason) => this.wake(reason));
    this.#open();
  }

  /** Whether the server has answered a join on the present socket. */
  get hasSession(): boolean {
    return this.#socket !== undefined && this.#welcomedAt !== undefined;
  }

  /** False while there is no session; the message is then dropped. */
  send(message: ClientMessage): boolean {
    if (this.#socket === undefined || this.#welcomedAt === undefined) return false;
    return write(this.#socket, message);
  }

  /** Opens the next socket now, or checks the present one. */
  wake(reason: Wake): void {
    if (this.#cancelRetry !== undefined) {
      this.#cancelRetry();
      this.#attempt = 0;
      this.#open();
    } else this.probe(reason === "network" ? socketTimes.suspicion : socketTimes.probe);
  }

  /** Joins again: on the present socket, or on the next one, which it opens now. */
  rejoin(): void {
    if (this.#socket?.readyState === OPEN) this.#sendJoin(this.#socket);
    else this.wake("visible");
  }

  /** The server must send something within `ms`, or the socket counts as dead. */
  probe(ms: number = socketTimes.suspicion): void {
    if (this.#welcomedAt === undefined || this.#probing) return;
    this.#probing = true;
    this.#ping();
    this.#watch(ms, () => this.#lost(1006));
  }

  /** Leaves the room, and closes the socket. */
  close(): void {
    // Also before the welcome: the server may have handled the join, and would keep an away member.
    if (this.#socket !== undefined) write(this.#socket, { type: "leave" });
    this.#stop();
  }

  #stop(): void {
    this.#phase = "closed";
    this.#stopWaking();
    this.#cancelRetry?.();
    this.#drop();
  }

  #open(): void {
    this.#cancelRetry = undefined;
    this.#announced = undefined;
    let socket: WebSocket;
    try {
      socket = this.#options.environment.openSocket(this.#options.url, subprotocols);
    } catch {
      // Blocked by the browser (a policy, a bad address): the same as a lost one.
      return this.#lost(1006);
    }
    this.#socket = socket;
    socket.onopen = () => this.#sendJoin(socket);
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#lost(code);
    this.#watch(socketTimes.open, () => this.#lost(1006));
    // It was opened ahead: see warm_socket.ts.
    if (socket.readyState === OPEN) this.#sendJoin(socket);
  }

  #sendJoin(socket: WebSocket): void {
    this.#restartWatch();
    const resume = this.#resumeToken;
    write(socket, { ...this.#options.join(), ...resume !== undefined && { resume } });
  }

  #receive(frame: unknown): void {
    this.#restartWatch();
    if (typeof frame !== "string") return;
    const parsed = readFrame(frame);
    if (!parsed.ok) return this.#options.emit({ type: "unknown", frame });
    if (parsed.message.type === "error" && isClosing(parsed.message.code)) {
      this.#announced = closeCode(parsed.message.code);
      // The id of the token is another member's now.
      if (parsed.message.code === "state-gap") this.#resumeToken = undefined;
    } else if (parsed.message.type === "welcome") {
      this.#resumeToken = parsed.message.resumeToken;
      this.#welcomedAt = this.#options.environment.clock.now();
    }
    this.#options.emit({ type: "message", message: parsed.message });
  }

  #restartWatch(): void {
    this.#probing = false;
    this.#watch(socketTimes.ping, () => {
      this.#ping();
      this.#watch(limits.silenceMs - socketTimes.ping, () => this.#lost(1006));
    });
  }

  #ping(): void {
    this.send({ type: "ping" });
  }

  #lost(seen: number): void {
    const code = closeReason(seen) === undefined ? this.#announced ?? seen : seen;
    const { clock, random } = this.#options.environment;
    if (this.#welcomedAt !== undefined && clock.now() - this.#welcomedAt >= socketTimes.good) {
      this.#attempt = 0;
    }
    this.#drop();
    const retry = retryAfterClose(code);
    const reason = closeReason(code);
    if (retry === "never" && reason !== undefined) {
      this.#stop();
      return this.#options.emit({ type: "ended", reason });
    }
    const wait = backoff(retry === "never" ? "back" : retry, {
      attempt: this.#attempt++,
      random: random(),
    });
    this.#cancelRetry = clock.after(wait, () => this.#open());
    this.#options.emit({ type: "lost" });
  }

  /** The socket no longer counts, however long the browser takes to close it. */
  #drop(): void {
    this.#probing = false;
    this.#cancelWatch();
    this.#welcomedAt = undefined;
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    socket.onopen = socket.onmessage = socket.onclose = null;
    // Without a code, which the server takes for a loss: code 1000 from an abandoned socket would
    // be a leave.
    socket.close();
  }

  #watch(ms: number, action: () => void): void {
    this.#cancelWatch();
    this.#cancelWatch = this.#options.environment.clock.after(ms, action);
  }
}

function write(socket: WebSocket, message: ClientMessage): boolean {
  try {
    socket.send(frameOf(message, socket.protocol === RELAY_SUBPROTOCOL));
    return true;
  } catch {
    return false;
  }
}

function frameOf(message: ClientMessage, envelopes: boolean): string {
  if (message.type !== "signal" || !envelopes) return JSON.stringify(message);
  return writeEnvelope({ peerId: message.to, body: JSON.stringify(message.signal) });
}

function readFrame(frame: string): Parsed<ServerMessage> {
  const envelope = readEnvelope(frame);
  if (envelope === undefined) return parseServerMessage(frame);
  const signal = parseSignal(envelope.body);
  return signal.ok
    ? { ok: true, message: { type: "signal", from: envelope.peerId, signal: signal.message } }
    : signal;
}
