// Rooms of real browsers whose server lies; see tests/rig/evil_server.ts.

import type { Page } from "puppeteer-core";
import { newSecret } from "../../mesh/sealing/new_secret.ts";
import type { PeerId } from "../../protocol/mod.ts";
import type { Line, LyingServer } from "../evil/lying_server.ts";
import type { Intruder } from "../evil/signal_lies.ts";
import { type EvilServer, type LaunchedBrowser, openPeer, type Peer, waitFor } from "../rig/mod.ts";

/** ms; several rooms share a machine, and the keys of a former link count for 30 s. */
const timeout = 60_000;

/** One room with one lie. */
export class EvilRoom implements AsyncDisposable {
  readonly liar: LyingServer;
  readonly elsewhere: LyingServer;
  /** The server remembers changed links, also of earlier runs. */
  readonly #name = `evil-${crypto.randomUUID()}`;
  readonly #secret = newSecret();
  readonly #evil: EvilServer;
  readonly #browser: LaunchedBrowser;
  readonly #peers = new Map<string, Peer>();

  constructor(browser: LaunchedBrowser, evil: EvilServer) {
    this.#browser = browser;
    this.#evil = evil;
    this.liar = evil.about(this.#name);
    this.elsewhere = evil.about(`other-${this.#name}`);
  }

  /** Opens a page without joining; `prepare` runs in it before the room's scripts. */
  async open(name: string, prepare?: () => void): Promise<Peer> {
    const peer = await openPeer(this.#browser, `${this.#evil.url}/healthz`);
    if (prepare !== undefined) await peer.page.evaluateOnNewDocument(prepare);
    this.#peers.set(name, peer);
    return peer;
  }

  /** Joins with camera and microphone, as a new person if there is no page for it. */
  async join(name: string, { isElsewhere = false } = {}): Promise<Peer> {
    const peer = this.#peers.get(name) ?? await this.open(name);
    const room = isElsewhere ? `other-${this.#name}` : this.#name;
    const query = { name, join: "1", camera: "1", microphone: "1" };
    await peer.page.goto(this.#evil.room(room, query, this.#secret), { waitUntil: "load" });
    await waitFor(async () => {
      const { isInside, hasEnded } = await look(peer);
      return isInside || hasEnded;
    }, { what: `${name} to come in`, timeout });
    return peer;
  }

  async joinAll(...names: readonly string[]): Promise<Peer[]> {
    const peers: Peer[] = [];
    for (const name of names) peers.push(await this.join(name));
    return peers;
  }

  /** Waits until everybody sees so many others verified, over links that are up. */
  async verified(peers: readonly Peer[], count = peers.length - 1): Promise<void> {
    await Promise.all(peers.map((peer, index) =>
      waitFor(async () => {
        const { trusts, connected } = await look(peer);
        const good = trusts.filter(({ trust }) => trust === "verified");
        return good.length === count && connected >= count;
      }, { what: `person ${index + 1} of ${this.#name} to verify ${count}`, timeout })
    ));
  }

  /**
   * Waits until one page shows a member so, or in one of several ways; `id`: of the member, by
   * default of the second.
   */
  async shows(
    peer: Peer,
    trust: string | readonly string[],
    id = this.liar.members[1],
  ): Promise<void> {
    const wanted = [trust].flat();
    await waitFor(async () => {
      const { trusts } = await look(peer);
      return trusts.some((each) => each.id === id && wanted.includes(each.trust ?? ""));
    }, { what: `${wanted} in ${this.#name}`, timeout })
      .catch(async (error) => {
        throw new Error(`${error.message} ${JSON.stringify(await look(peer))} ${id}`);
      });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#peers.values()].map((peer) => peer.close()));
  }
}

/** What a page shows and has. */
export interface Look {
  readonly trusts: readonly { readonly id: string; readonly trust: string | undefined }[];
  /** Connections that are connected now. */
  readonly connected: number;
  /** Connections that have ever been connected. */
  readonly everConnected: number;
  readonly isInside: boolean;
  /** Whether the page says that the room is another one than that of its link. */
  readonly hasEnded: boolean;
}

export function look({ page }: Peer): Promise<Look> {
  return page.evaluate(() => {
    const collected = globalThis.__rtc ?? [];
    return {
      trusts: [...document.querySelectorAll("[data-peer-id]")].map((tile) => ({
        id: tile.getAttribute("data-peer-id") ?? "",
        trust: tile.querySelector("[data-trust]")?.getAttribute("data-trust") ?? undefined,
      })),
      connected: collected.filter(({ connection }) =>
        connection.connectionState === "connected"
      ).length,
      everConnected: collected.filter(({ log }) => log.some(({ state }) => state === "connected"))
        .length,
      isInside: document.querySelector("[data-self]") !== null,
      hasEnded: document.body.innerText.includes("Another room has this name now"),
    };
  });
}

/** Makes a page send signals: it asks for new ICE credentials. */
export function stir({ page }: Peer): Promise<void> {
  return page.evaluate(() => {
    for (const { connection } of globalThis.__rtc ?? []) {
      if (connection.connectionState === "connected") connection.restartIce();
    }
  });
}

/** Connections of the server itself, in a page without the secret. */
export class BrowserIntruder implements Intruder {
  readonly #page: Page;

  constructor({ page }: Peer) {
    this.#page = page;
  }

  async meet(victim: Line, as: PeerId): Promise<void> {
    const sdp = await this.#page.evaluate(async () => {
      const connection = new RTCPeerConnection();
      for (const kind of ["audio", "video"]) {
        connection.addTransceiver(kind, { direction: "recvonly" });
      }
      await connection.setLocalDescription();
      return connection.localDescription?.sdp ?? "";
    });
    const description = { type: "offer", sdp, exchange: 1 } as const;
    victim.tell({ type: "signal", from: as, signal: { kind: "description", description } });
  }

  receive({ signal }: Parameters<Intruder["receive"]>[0]): void {
    if (signal.kind !== "description" || signal.description.type !== "answer") return;
    void this.#page.evaluate(async (sdp) => {
      for (const { connection } of globalThis.__rtc ?? []) {
        await connection.setRemoteDescription({ type: "answer", sdp });
      }
    }, signal.description.sdp);
  }

  /** Bytes of RTP that were sent to it, and its connections. */
  bytes(): Promise<{ received: number; connections: number }> {
    return this.#page.evaluate(async () => {
      let received = 0;
      for (const { connection } of globalThis.__rtc ?? []) {
        for (const report of (await connection.getStats()).values()) {
          if (report.type === "transport" || report.type === "inbound-rtp") {
            received += report.bytesReceived ?? 0;
          }
        }
      }
      return { received, connections: globalThis.__rtc?.length ?? 0 };
    });
  }
}
