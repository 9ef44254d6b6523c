/** One call in one language: the viewer and as many others as a screen needs. */
import type { Page } from "puppeteer-core";
import type { Language, Words } from "../../app/ui/words/mod.ts";
import { wordsOf } from "../../app/ui/words/mod.ts";
import {
  type LaunchedBrowser,
  openPeer,
  type Peer,
  type RestartableServer,
  waitFor,
} from "../../tests/rig/mod.ts";
import { type Actor, actorDevices, cast } from "./actor.ts";
import { type Lines, linesOf } from "./lines.ts";
import { newSecret } from "../../mesh/sealing/new_secret.ts";
import { keepRoots } from "./staged_trust.ts";

/** The people of one call. */
export class Studio implements AsyncDisposable {
  readonly language: Language;
  readonly words: Words;
  readonly lines: Lines;
  readonly room: string;
  /** Of the room's link. */
  readonly secret = newSecret();
  readonly #browser: LaunchedBrowser;
  readonly #server: RestartableServer;
  readonly #people: Peer[] = [];
  #stranger: Peer | undefined;

  constructor(browser: LaunchedBrowser, server: RestartableServer, language: Language) {
    this.#browser = browser;
    this.#server = server;
    this.language = language;
    this.words = wordsOf(language);
    this.lines = linesOf[language];
    this.room = this.lines.room;
  }

  get server(): RestartableServer {
    return this.#server;
  }

  /** The person whose screens are shown; `gather` must have been called. */
  get viewer(): Peer {
    const [viewer] = this.#people;
    if (viewer === undefined) throw new Error("nobody is in the room; call gather() first");
    return viewer;
  }

  /** The people who joined after the viewer, in order. */
  get others(): readonly Peer[] {
    return this.#people.slice(1);
  }

  /** Lets people join until there are `count`, and waits until the viewer sees them. */
  async gather(count: number): Promise<void> {
    const before = this.#people.length;
    for (const actor of cast[this.language].slice(before, count)) {
      this.#people.push(await this.enter(actor, keepRoots));
    }
    if (count === 0 || count <= before) return;
    await this.#stranger?.close();
    this.#stranger = undefined;
    await this.see(this.viewer.page, count - 1);
    if (before < 2 && count >= 2) await this.#talk();
    if (before < 5 && count >= 5) await this.#discuss();
  }

  /** Waits until a page in the room shows `others` other people with their pictures. */
  async see(page: Page, others: number): Promise<void> {
    await waitFor(() =>
      page.evaluate((others) => {
        const tiles = [...document.querySelectorAll("[data-peer-id]")];
        return tiles.length === others && tiles.every((tile) => {
          const isLinked = tile.getAttribute("data-link") === "connected";
          const isOff = tile.classList.contains("no-camera");
          return isLinked && (isOff || (tile.querySelector("video")?.videoWidth ?? 0) > 0);
        });
      }, others), { what: `${others} others with their pictures`, timeout: 120_000 });
  }

  /** Lets a person join whom nobody reaches: they allow relays only, and reach none. */
  async meetStranger(): Promise<void> {
    const [, , , , , actor] = cast[this.language];
    if (this.#stranger !== undefined || actor === undefined) return;
    this.#stranger = await this.enter({ ...actor, relay: true }, loseRelays);
    await waitFor(() => this.viewer.page.$('[data-link="failed"]'), {
      what: "a failed link",
      timeout: 60_000,
    });
  }

  /** Lets a person join by link; `before` runs in the page before its scripts. */
  async enter(actor: Actor, before?: () => void): Promise<Peer> {
    const flag = (on = true) => on ? "1" : "0";
    const { name, camera, microphone, relay = false } = actor;
    const devices = { camera: flag(camera), microphone: flag(microphone) };
    const query = { name, join: "1", ...devices, ...relay && { relay: "1" } };
    return await this.open(this.#server.current.room(this.room, query, this.secret), actor, before);
  }

  /** Opens a page with the devices of `actor`; `before` runs in it before its scripts. */
  async open(url: string, actor?: Actor, before?: () => void): Promise<Peer> {
    const peer = await openPeer(this.#browser, `${this.#server.current.url}/healthz`);
    await peer.page.setExtraHTTPHeaders({ "accept-language": this.language });
    await actorDevices(peer.page, actor ?? cast[this.language][0]);
    if (before !== undefined) await peer.page.evaluateOnNewDocument(before);
    await peer.page.goto(url, { waitUntil: "load" });
    return peer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const everybody = [
      ...this.#people.splice(0),
      ...this.#stranger === undefined ? [] : [this.#stranger],
    ];
    await Promise.all(everybody.map((peer) => peer.close()));
  }

  /** The first chat line, from the second person. */
  async #talk(): Promise<void> {
    const [ana] = this.others;
    await ana?.say(this.lines.greeting);
  }

  /** A longer chat, and a raised hand. */
  async #discuss(): Promise<void> {
    const { lines, words } = this;
    const [ana, kenji, noor] = this.others;
    await ana?.say(lines.link);
    await this.viewer.say(lines.answer);
    await kenji?.say(lines.time);
    // Sending a line opened the panel.
    await this.viewer.page.keyboard.press("Escape");
    await noor?.say(lines.question);
    await kenji?.page.evaluate((label) => {
      document.querySelector<HTMLElement>(`.bar button[aria-label="${label}"]`)?.click();
    }, words.room.hand);
  }
}

/** Runs in a page: its connections know no relay. */
function loseRelays(): void {
  const Original = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceServers: [] });
    }
    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration({ ...configuration, iceServers: [] });
    }
  };
}
