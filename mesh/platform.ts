/** The platform of sockets, chat and links: a page, Deno or Node, with defaults for each. */
import { attempt } from "../protocol/attempt.ts";
import { browserClock, type Clock } from "./clock.ts";

/** Opens a WebSocket to `url` that offers these sub-protocols. */
export type OpenSocket = (url: string, subprotocols: string[]) => WebSocket;

/** Makes the connection object of one link. */
export type CreateConnection = (configuration: RTCConfiguration) => RTCPeerConnection;

/**
 * Why sockets and links must be checked now: the network has changed, the page is visible again, or
 * the machine has slept.
 */
export type Wake = "network" | "visible" | "slept";

/** The life of the page; each method returns its undo. */
export interface PageLife {
  /** Calls `listener` when sockets and links must be checked. */
  onWake(listener: (reason: Wake) => void): () => void;
  /** Calls `listener` when the page is closed or left. */
  onHide(listener: () => void): () => void;
}

/** What one link needs. */
export interface LinkEnvironment {
  readonly clock: Clock;
  readonly createConnection: CreateConnection;
  /** A stream id groups tracks in SDP; pages of the SkyRTC dialect show nothing without one. */
  readonly createStream: () => MediaStream;
}

/** What sockets and chat need of a page, Deno or Node. */
export interface Platform {
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly page: PageLife;
  /** Unguessable and unique: 32 letters, digits or `-`. */
  readonly randomId: () => string;
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number;
}

/** For programs without a page, such as those of Deno or Node. */
const noPage: PageLife = { onWake: () => () => {}, onHide: () => () => {} };

const browserPage: PageLife = {
  onWake(listener) {
    const abort = new AbortController();
    const { signal } = abort;
    const visible = () => {
      if (document.visibilityState === "visible") listener("visible");
    };
    addEventListener("online", () => listener("network"), { signal });
    document.addEventListener("visibilitychange", visible, { signal });
    // The event also comes if only the estimated speed has changed.
    const network = ownNetwork();
    let before = network?.type;
    network?.addEventListener("change", () => {
      if (network.type === before) return;
      before = network.type;
      listener("network");
    }, { signal });
    return () => abort.abort();
  },
  onHide(listener) {
    const abort = new AbortController();
    addEventListener("pagehide", () => listener(), { signal: abort.signal });
    return () => abort.abort();
  },
};

/** Network Information, which not every browser has. */
interface OwnNetwork extends EventTarget {
  readonly type?: string;
}

function ownNetwork(): OwnNetwork | undefined {
  const network: unknown = attempt(() => Reflect.get(navigator, "connection"));
  return network instanceof EventTarget ? network : undefined;
}

/** The platform, with `facts` in place of its defaults. */
export function platform(facts: Partial<Platform>): Platform {
  return {
    openSocket: (url, subprotocols) => new WebSocket(url, subprotocols),
    clock: browserClock,
    page: typeof document === "undefined" ? noPage : browserPage,
    randomId,
    random: Math.random,
    ...facts,
  };
}

/**
 * An unguessable, unique id of 32 hexadecimal digits. crypto.randomUUID is missing on plain http,
 * where chat still works.
 */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(hex).join("");
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
