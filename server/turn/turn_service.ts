/**
 * The STUN and TURN of this server, as the process sees it: starts the worker, tells it who is a
 * member, passes streams on, and starts it again after a crash. Invariants:
 * 1 The key that mints credentials does not leave the process.
 * 2 Only members are admitted: from their first credentials until their membership ends.
 * 3 Nothing is loaded and no port is opened without `start()`.
 */
import { randomBytes } from "node:crypto";
import type { Site } from "../../signaling/mod.ts";
import { AddressPlaces } from "../door/address_places.ts";
import type { StunConnection } from "../door/door_options.ts";
import { closeQuietly } from "../door/streams.ts";
import type { Log } from "../log.ts";
import { endpointOf } from "./endpoint.ts";
import { passToWorker } from "./stream_passage.ts";
import type { TurnCounts } from "./turn_counts.ts";
import type { TurnCommand, TurnEvent, TurnSettings } from "./turn_messages.ts";
import { type TurnReach, turnUrls } from "./turn_urls.ts";

/** Where the server answers, and how it relays. */
export interface TurnStart extends Omit<TurnSettings, "secret" | "token">, TurnReach {}

/** The pause before a worker is started again, ms; doubled after each crash within `calmMs`. */
const pauseMs = 250;
const pauseMsMost = 30_000;
const calmMs = 60_000;

/** What differs from the defaults: for tests, except `streamsMost`. */
interface TurnServiceOptions {
  /** The module of the worker. */
  readonly worker?: URL;
  /** A worker that is silent for so long has failed, ms. */
  readonly silenceMs?: number;
  /** How many streams without an allocation an address may have; Infinity for proxies. */
  readonly streamsMost?: (address: string) => number;
}

/** One service; a stopped one is not started again. */
export class TurnService {
  readonly #log: Log;
  readonly #worker: URL | undefined;
  readonly #silenceMs: number;
  /** Those of streams without an allocation. */
  readonly #places: AddressPlaces;
  readonly #token = randomBytes(24).toString("base64url");
  /** Mints and checks credentials. */
  readonly secret: string = randomBytes(32).toString("base64url");
  readonly #members = new Set<string>();
  readonly #onAllocated = new Map<number, () => void>();
  #settings: TurnSettings | undefined;
  #reach: TurnReach | undefined;
  #thread: Worker | undefined;
  #bridge = Promise.withResolvers<number>();
  #counts: TurnCounts | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #crashes = 0;
  #startedAt = 0;
  #isStopped = false;

  constructor(
    log: Log,
    { worker, silenceMs = 15_000, streamsMost = () => Infinity }: TurnServiceOptions = {},
  ) {
    this.#log = log;
    this.#places = new AddressPlaces(streamsMost);
    this.#worker = worker;
    this.#silenceMs = silenceMs;
  }

  /** Starts the worker a moment later, because this thread waits until the other one is there. */
  start({ udp, tcp, secure, own = [], ...settings }: TurnStart): void {
    this.#reach = { udp, tcp, secure, own };
    const told = { ...settings, secret: this.secret, token: this.#token };
    this.#settings = told;
    this.#timer = setTimeout(() => this.#startWorker(told));
  }

  /** Whether pages may be told of it. */
  get isStarted(): boolean {
    return this.#reach !== undefined;
  }

  /** Where pages of a site find it; none before `start()`. */
  urlsFor(site: Site | undefined): readonly string[] {
    return this.#reach === undefined ? [] : turnUrls(site, this.#reach);
  }

  /** What it has done since its worker was started; undefined: nothing yet. */
  get counts(): TurnCounts | undefined {
    return this.#counts;
  }

  /** The credentials of a peer count from now on. */
  admit(peerId: string): void {
    if (this.#members.has(peerId)) return;
    this.#members.add(peerId);
    this.#tell({ kind: "admit", peerId });
  }

  /** The membership of a peer has ended, and so its allocations. */
  revoke(peerId: string): void {
    if (this.#members.delete(peerId)) this.#tell({ kind: "revoke", peerId });
  }

  /** Takes a stream over and closes it at the end. Never rejects. */
  async take({ stream, early, arrival, release }: StunConnection): Promise<void> {
    const { remoteAddr, secure } = arrival;
    const leave = this.#places.take(remoteAddr.hostname);
    if (leave === undefined) return closeQuietly(stream);
    release();
    let port: number | undefined;
    await passToWorker(stream, {
      early,
      client: { transport: secure ? "tls" : "tcp", address: endpointOf(remoteAddr) },
      token: this.#token,
      bridge: this.#bridge.promise,
      onConnect: (local) => {
        port = local;
        // From then on it counts as an allocation of its peer.
        this.#onAllocated.set(local, leave);
      },
    });
    leave();
    if (port !== undefined) this.#onAllocated.delete(port);
  }

  /** Ends everything that is relayed. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#thread?.terminate();
  }

  #startWorker(settings: TurnSettings): void {
    this.#startedAt = performance.now();
    // The build finds the worker by this expression.
    const thread = this.#worker === undefined
      ? new Worker(new URL("./worker.ts", import.meta.url).href, { type: "module" })
      : new Worker(this.#worker.href, { type: "module" });
    this.#thread = thread;
    thread.onmessage = ({ data }: MessageEvent<TurnEvent>) => {
      if (thread === this.#thread) this.#handle(data);
    };
    thread.onerror = (event) => {
      event.preventDefault();
      if (thread === this.#thread) this.#restart(event.error ?? new Error(event.message));
    };
    this.#tell({ kind: "start", settings });
    for (const peerId of this.#members) this.#tell({ kind: "admit", peerId });
    this.#expectSound();
  }

  #handle(event: TurnEvent): void {
    this.#expectSound();
    switch (event.kind) {
      case "ready":
        return this.#setReady(event);
      case "allocated":
        return this.#onAllocated.get(event.bridge)?.();
      case "counts":
        this.#counts = event.counts;
        return;
      case "warning":
        return this.#log.line("warn", event.words, { reason: event.reason });
      case "fault":
        return this.#log.fault("failed to relay", event.error);
      default:
        event satisfies never;
    }
  }

  #setReady({ udpPort, bridgePort, addresses }: TurnEvent & { kind: "ready" }): void {
    this.#bridge.resolve(bridgePort);
    if (this.#reach === undefined) return;
    const { udp } = this.#reach;
    const isLocal = udp?.isLocal ?? false;
    this.#reach = {
      ...this.#reach,
      udp: udpPort === undefined ? undefined : { port: udpPort, isLocal },
    };
    if (udpPort === undefined) return;
    this.#log.line("info", "relaying", { udpPort, addresses: addresses.join(" ") });
  }

  /** Starts it again if it says nothing for too long. */
  #expectSound(): void {
    clearTimeout(this.#timer);
    const restart = () => this.#restart(new Error("the worker does not answer"));
    this.#timer = setTimeout(restart, this.#silenceMs);
    Deno.unrefTimer(this.#timer);
  }

  #restart(error: unknown): void {
    clearTimeout(this.#timer);
    this.#thread?.terminate();
    this.#thread = undefined;
    this.#bridge = Promise.withResolvers();
    const settings = this.#settings;
    if (this.#isStopped || settings === undefined) return;
    this.#log.fault("the worker that relays has failed", error);
    const isCalm = performance.now() - this.#startedAt >= calmMs;
    this.#crashes = isCalm ? 0 : this.#crashes + 1;
    const pause = Math.min(pauseMsMost, pauseMs * 2 ** this.#crashes);
    this.#timer = setTimeout(() => this.#startWorker(settings), pause);
    Deno.unrefTimer(this.#timer);
  }

  #tell(command: TurnCommand): void {
    this.#thread?.postMessage(command);
  }
}
