/**
 * The platform below sockets, chat and links: a page of a browser, Deno or Node, each with its
 * defaults.
 */
import { attempt } from "../protocol/attempt.ts";
import { browserClock, type Clock } from "./clock.ts";

/** Opens a WebSocket to `url` that offers these sub-protocols. */
export type OpenSocket = (url: string, subprotocols: string[]) => WebSocket;

/** Makes the connection object of one link. */
export type CreateConnection = (configuration: RTCConfiguration) => RTCPeerConnection;

/**
 * Why it is the moment to check what still lives: another network, or a page that was not looked at
 * or not running.
 */
export type Wake = "network" | "visible" | "slept";

/** What the page tells about itself; each returns the undo. */
export interface PageLife {
  onWake(listener: (reason: Wake) => void): () => void;
  /** The page is going away. */
  onHide(listener: () => void): () => void;
}

/** What one link needs. */
export interface LinkEnvironment {
  readonly clock: Clock;
  readonly createConnection: CreateConnection;
  /** A stream id groups tracks in SDP; pages of the SkyRTC dialect show nothing without one. */
  readonly createStream: () => MediaStream;
}

/** What a socket and a chat need, of whatever runs this: a page, Deno, Node. */
export interface Platform {
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly page: PageLife;
  /** Unguessable and unique: 32 letters, digits or `-`. */
  readonly randomId: () => string;
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number;
}

/** Where there is no page, as in a program of Deno or Node, nothing ever wakes or hides. */
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
    // Its change event also comes when only an estimate of the speed has changed.
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

/** `facts` over the platform's own. */
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
 * Unguessable and unique. Not crypto.randomUUID: it is missing on plain http, where text-only rooms
 * still work.
 */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(hex).join("");
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
