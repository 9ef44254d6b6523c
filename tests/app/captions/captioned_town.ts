/** People whose captions reach each other over links that a test can cut. */
import { effect, signal } from "@preact/signals-core";
import { CaptionsStore } from "../../../app/captions/captions_store.ts";
import type { SourceState } from "../../../mesh/mod.ts";
import type { LinkEvent, LinkState, RosterEvent } from "../../../mesh/events.ts";
import { Emitter } from "../../../mesh/emitter.ts";
import type { SessionState } from "../../../mesh/events.ts";
import { type Peer, silentState } from "../../../protocol/mod.ts";
import type { PeerView } from "../../../app/room/mod.ts";
import { FakeRecogniser } from "./fake_recogniser.ts";
import { FakeTrack } from "../../mesh/link/fake_track.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";

/** What one person says to another, in order. */
export type Told = readonly [from: string, to: string, body: unknown];

/** One person of the town. */
export interface Townsman {
  readonly store: CaptionsStore;
  readonly recogniser: FakeRecogniser;
  readonly storage: Map<string, string>;
  readonly muted: { value: boolean };
  readonly microphone: { value: SourceState };
  readonly roster: Emitter<RosterEvent>;
}

/** Everybody hears everybody, unless a link is cut. */
export class CaptionedTown {
  readonly clock = new VirtualClock();
  readonly told: Told[] = [];
  readonly cut = new Set<string>();
  readonly people = new Map<string, Townsman>();
  readonly #links = new Map<string, Emitter<LinkEvent>>();
  readonly #views = new Map<string, PeerView>();

  constructor(...names: string[]) {
    for (const name of names) this.#views.set(name, viewOf(name));
    for (const name of names) this.#links.set(name, new Emitter());
  }

  /** The person's captions; `local` false: a browser that recognises nothing on the device. */
  open(name: string, { local = true, storage = new Map<string, string>() } = {}): Townsman {
    const links = this.#links.get(name) ?? new Emitter<LinkEvent>();
    const recogniser = new FakeRecogniser();
    const muted = signal(false);
    const microphone = signal<SourceState>({
      kind: "on",
      track: new FakeTrack("audio"),
      deviceId: "mic",
    });
    const roster = new Emitter<RosterEvent>();
    const others = [...this.#views].filter(([other]) => other !== name).map(([, view]) => view);
    const tell = (to: string, _topic: string, body: unknown) => {
      if (this.cut.has(name) || this.cut.has(to)) return false;
      this.told.push([name, to, body]);
      this.people.get(to)?.store.receive(name, structuredClone(body));
      return true;
    };
    const state = { kind: "joined", room: "attic", selfId: name, capacity: 8 } as const;
    const store = new CaptionsStore({
      call: {
        session: { links: Object.assign(links, { tell }), roster },
        room: {
          peers: signal(others),
          self: signal({ name, state: silentState }),
          state: signal<SessionState>(state),
        },
        media: { source: () => microphone },
        muted,
      },
      recogniser: local ? recogniser : undefined,
      after: (ms, callback) => this.clock.after(ms, callback),
      now: () => this.clock.now(),
      date: () => this.clock.date(),
      language: "en-US",
      storage: {
        getItem: (key) => storage.get(key) ?? null,
        setItem: (key, value) => void storage.set(key, value),
        removeItem: (key) => void storage.delete(key),
      },
      signal,
      effect,
    });
    const person = { store, recogniser, storage, muted, microphone, roster };
    this.people.set(name, person);
    return person;
  }

  /** The link between everybody and `name` is up again. */
  reconnect(name: string): void {
    this.cut.delete(name);
    const link: LinkState = { kind: "connected" };
    for (const [other, links] of this.#links) {
      if (other !== name) links.emit({ type: "link", peerId: name, link });
      else {
        for (const peerId of this.#views.keys()) {
          if (peerId !== name) links.emit({ type: "link", peerId, link });
        }
      }
    }
  }

  close(): void {
    for (const { store } of this.people.values()) store.close();
  }
}

function viewOf(name: string): PeerView {
  const peer: Peer = {
    peerId: name,
    name,
    state: silentState,
    dialect: "parley",
    away: false,
  };
  return {
    peerId: name,
    peer: signal(peer),
    link: signal<LinkState>({ kind: "connected" }),
    tracks: {
      "microphone": signal(null),
      "camera": signal(null),
      "screen": signal(null),
      "screen-audio": signal(null),
    },
    speaking: signal(false),
    level: signal(0),
  };
}
