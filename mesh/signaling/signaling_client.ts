/**
 * The WebSocket to the server, kept alive through losses. Invariants:
 * 1 At most one socket counts; nothing an older one says is heard.
 * 2 The first words on every socket are a join, with the resume token of the last welcome.
 * 3 A socket silent for 25 s is dead, whatever the browser thinks; one that does not open within 10 s too.
 * 4 After `ended` or close() nothing is opened, sent or told.
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
  SUBPROTOCOL,
  writeEnvelope,
} from "../../protocol/mod.ts";
import { backoff } from "./backoff.ts";
import type { Environment } from "../environment.ts";
import type { Wake } from "../platform.ts";

/** What the client tells its owner. */
export type SignalingEvent =
  | { readonly type: "message"; readonly message: ServerMessage }
  /** The socket is gone; another will be opened without being asked. */
  | { readonly type: "lost" }
  /** The server does not want this client back. */
  | { readonly type: "ended"; readonly reason: CloseReason };

interface SignalingClientOptions {
  readonly url: string;
  readonly environment: Pick<Environment, "openSocket" | "clock" | "page" | "random">;
  /** Asked on every new socket. */
  readonly hello: () => Omit<Join, "resume">;
  readonly emit: (event: SignalingEvent) => void;
}

/** The better one first; an older server knows only the other. */
export const offeredSubprotocols = [RELAY_SUBPROTOCOL, SUBPROTOCOL];

/** As WebSocket.OPEN, which is missing where a program brings its own sockets. */
const OPEN = 1;

/** Milliseconds. */
export const socketTimes = {
  open: 5_000,
  /** The server ticks every 10 s; later than that one asks. */
  ping: 12_000,
  /** After a wake an answer must come soon, or the socket belongs to a network that is gone. */
  probe: 5_000,
  /** After the network changed, or while links suffer, sooner: what heals them goes over this socket. */
  suspicion: 1_500,
  /** A session this long was good: the next loss starts counting from zero. */
  good: 10_000,
} as const;

/** One session's way to the server; start() it once. */
export class SignalingClient {
  readonly #options: SignalingClientOptions;
  #socket: WebSocket | undefined;
  #resumeToken: string | undefined;
  #welcomedAt: number | undefined;
  #attempt = 0;
  /** The close code that the server's last error announced: the code itself is lost with a reset connection. */
  #announced: number | undefined;
  /** A ping waits for its answer, and not for long. */
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

  /** False when there is no session to say it in; the message is then forgotten. */
  send(message: ClientMessage): boolean {
    if (this.#socket === undefined || this.#welcomedAt === undefined) return false;
    return this.#say(this.#socket, message);
  }

  /** It is the moment to try again, or to check what there is. */
  wake(reason: Wake): void {
    if (this.#cancelRetry !== undefined) {
      this.#cancelRetry();
      this.#attempt = 0;
      this.#open();
    } else this.probe(reason === "network" ? socketTimes.suspicion : socketTimes.probe);
  }

  /** Joins once more, by what hello() says now: on the socket there is, else on the next, which is opened at once. */
  again(): void {
    if (this.#socket?.readyState === OPEN) this.#greet(this.#socket);
    else this.wake("visible");
  }

  /** The server must say something within `ms`, or the socket counts as dead. */
  probe(ms: number = socketTimes.suspicion): void {
    if (this.#welcomedAt === undefined || this.#probing) return;
    this.#probing = true;
    this.#ping();
    this.#watch(ms, () => this.#lost(1006));
  }

  /** At once; says goodbye when there is someone to hear it. */
  close(): void {
    // Before the welcome too: the join may be on its way, and a mere close would leave a ghost for its grace.
    if (this.#socket !== undefined) this.#say(this.#socket, { type: "leave" });
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
      socket = this.#options.environment.openSocket(this.#options.url, offeredSubprotocols);
    } catch {
      // Blocked by the browser just now (a policy, a bad address): as good as a lost one.
      return this.#lost(1006);
    }
    this.#socket = socket;
    socket.onopen = () => this.#greet(socket);
    socket.onmessage = ({ data }) => this.#frame(data);
    socket.onclose = ({ code }) => this.#lost(code);
    this.#watch(socketTimes.open, () => this.#lost(1006));
    // It was opened ahead: see warm_socket.ts.
    if (socket.readyState === OPEN) this.#greet(socket);
  }

  #greet(socket: WebSocket): void {
    this.#heard();
    const resume = this.#resumeToken;
    const hello = this.#options.hello();
    this.#say(socket, resume === undefined ? hello : { ...hello, resume });
  }

  #say(socket: WebSocket, message: ClientMessage): boolean {
    try {
      socket.send(frameOf(message, socket.protocol === RELAY_SUBPROTOCOL));
      return true;
    } catch {
      return false;
    }
  }

  #frame(frame: unknown): void {
    this.#heard();
    if (typeof frame !== "string") return;
    const parsed = readFrame(frame);
    // A word of a newer server: what it says to older clients it says in words they know.
    if (!parsed.ok) return;
    if (parsed.message.type === "error" && isClosing(parsed.message.code)) {
      this.#announced = closeCode(parsed.message.code);
    } else if (parsed.message.type === "welcome") {
      this.#resumeToken = parsed.message.resumeToken;
      this.#welcomedAt = this.#options.environment.clock.now();
    }
    this.#options.emit({ type: "message", message: parsed.message });
  }

  #heard(): void {
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

  /** The socket counts no more from this line on, however long it takes the browser to close it. */
  #drop(): void {
    this.#probing = false;
    this.#cancelWatch();
    this.#welcomedAt = undefined;
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    socket.onopen = socket.onmessage = socket.onclose = null;
    // Without a code, which the server takes for a loss: a late 1000 from a socket given up would be a leave.
    socket.close();
  }

  #watch(ms: number, action: () => void): void {
    this.#cancelWatch();
    this.#cancelWatch = this.#options.environment.clock.after(ms, action);
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
