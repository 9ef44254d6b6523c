/**
 * One page's visit to one room: connects session, own media and stores, and carries out the
 * person's actions. Invariants: joining waits for no device; own tracks go to the session when they
 * arrive; after `leave` no device is in use; after `close` nothing runs.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { PeerId } from "../../protocol/mod.ts";
import {
  lateImport,
  type LinkEvent,
  type RoomEvent,
  type RosterEvent,
  subscribeTo,
} from "../../mesh/mod.ts";
import { Chat } from "../chat/mod.ts";
import { Files } from "../files/mod.ts";
import type { CallOptions, Ending, JoinOptions, Session } from "./call_options.ts";
import { MediaStore, OwnDevices } from "../devices/mod.ts";
import { JoinTiming } from "../enter/mod.ts";
import { OwnersStore } from "../people/mod.ts";
import type { Keys } from "../ui/key_ring.ts";
import type { PreferenceBook } from "../ui/preferences.ts";
import { RoomStore } from "../room/mod.ts";
import { loadTalkStore } from "../talk/lazy.ts";
import type { TalkStore } from "../talk/mod.ts";
import type { TrustStore } from "../trust/mod.ts";

/** A visit, from the page before joining to the page after leaving. */
export class Call {
  /** What needs no store is sent by its parts: `session.chat.send()`. */
  readonly session: Session;
  readonly room: RoomStore;
  readonly chat: Chat;
  readonly book: PreferenceBook;
  readonly files: Files;
  readonly media: MediaStore;
  readonly devices: OwnDevices;
  readonly owners: OwnersStore;
  readonly joinTiming: JoinTiming;
  /** Who can be trusted; app/trust/ loads it after the first pictures. */
  readonly trust = signal<TrustStore | undefined>(undefined);
  /** A join seems near: opens in advance what it needs. */
  readonly warm: () => void;
  readonly #options: CallOptions;
  readonly #undos: (() => void)[];
  readonly #joinedAt = signal<number | undefined>(undefined);
  readonly #muted = signal(false);
  readonly #mutedBy = signal<PeerId | undefined>(undefined);
  readonly #relayOnly: Signal<boolean>;
  /** The person chose this in this call, so other tabs do not change it. */
  #relayChosen = false;
  readonly #light: ReadonlySignal<boolean>;
  /** The person wants full quality although the machine is overloaded. */
  readonly #insists = signal(false);
  readonly #talk = signal<TalkStore | undefined>(undefined);
  readonly #efficient = signal<readonly string[]>([]);
  readonly #secret = signal<string | undefined>(undefined);
  #loadingTalk = false;
  #tries = 0;
  #closed = false;
  #ending: Ending = { names: [], ms: 0 };
  #again: JoinOptions | undefined;
  #wasInside = false;

  constructor(options: CallOptions) {
    const { session, media, book, watchLevel, after, now, date } = options;
    this.#options = options;
    this.warm = options.warm ?? (() => {});
    this.session = session;
    this.#relayOnly = signal(session.links.relayOnly);
    this.book = book;
    this.joinTiming = new JoinTiming(now);
    // Subscribes first: the room store empties itself before we could count who stays.
    const watching = subscribeTo<RoomEvent | RosterEvent | LinkEvent>(
      [session, session.roster, session.links],
      (event) => {
        this.joinTiming.follow(event);
        if (event.type === "state") this.#follow(event.state.kind);
      },
    );
    // Here and not in late code: a person who has just joined is asked too.
    const muting = session.owners.subscribe((message) => {
      if (message.type === "mute-request") this.#muteFor(message.from);
    });
    const renewing = session.trust.subscribe((event) => {
      const { state } = session;
      if (event.type !== "secret" || event.secret === undefined || state.kind === "idle") return;
      this.#keep(state.room, { secret: event.secret });
    });
    this.room = new RoomStore(session, { watchLevel, after, now });
    this.chat = new Chat(session, date);
    this.files = new Files({
      room: session,
      clock: { now, date, after },
      place: (entry) => void this.chat.ready().then((chat) => chat.place(entry)),
    });
    this.owners = new OwnersStore(
      session,
      (room, ownerKey) => options.keys.keep(room, { ownerKey }),
    );
    this.media = new MediaStore(media, { book, watchLevel, after });
    this.devices = new OwnDevices(this.media, options.intent);
    const sending = media.subscribe((event) => {
      if (event.type === "track") session.setTrack(event.slot, event.track);
    });
    this.#light = computed(() =>
      book.current.value.light || (this.room.strained.value && !this.#insists.value)
    );
    const easing = effect(() => session.monitor.setLight(this.#light.value));
    const hiding = effect(() => this.#followRelayOnly(book.current.value.relayOnly));
    this.#undos = [watching, muting, renewing, sending, easing, hiding];
  }

  /** When the room was joined, by `now`; undefined outside. */
  get joinedAt(): ReadonlySignal<number | undefined> {
    return this.#joinedAt;
  }

  /** The microphone is on but muted. */
  get muted(): ReadonlySignal<boolean> {
    return this.#muted;
  }

  /** The owner whose request muted the microphone, until it is on again. */
  get mutedBy(): ReadonlySignal<PeerId | undefined> {
    return this.#mutedBy;
  }

  /** Dismisses the notice about that. */
  dismissMutedBy(): void {
    this.#mutedBy.value = undefined;
  }

  /** Screen sharing, reactions and hints; undefined until loadTalk() has loaded them. */
  get talk(): ReadonlySignal<TalkStore | undefined> {
    return this.#talk;
  }

  /** Loads what is needed after the first pictures; idempotent. */
  async loadTalk(): Promise<void> {
    if (this.#loadingTalk) return;
    this.#loadingTalk = true;
    const { TalkStore, efficientCodecs } = await lateImport(loadTalkStore);
    void efficientCodecs("decode").then((codecs) => this.#efficient.value = codecs);
    if (!this.#closed) this.#talk.value = new TalkStore(this, { ...this.#options, signal, effect });
  }

  /** How the last visit ended. */
  get ending(): Ending {
    return this.#ending;
  }

  /** Joins at once; wanted devices follow when ready. */
  join(options: JoinOptions): void {
    const { room, name, wish, resume, from = "person" } = options;
    this.#again = options;
    this.#tries++;
    this.joinTiming.asked();
    this.#relayChosen = false;
    // Also reads what other tabs have chosen.
    this.book.visit(room, this.#options.date());
    this.session.join({ room, name, ...resume && { resume }, ...this.#means(options) });
    this.devices.enter(wish, from);
    this.#mute(this.devices.wish.muted);
  }

  /** Joins again with the last state, or with another password. */
  rejoin(more: Pick<JoinOptions, "password" | "keys" | "resume"> = {}): void {
    if (this.#again === undefined) return;
    const before = this.#wasInside ? { from: "before" } as const : {};
    const { wish } = this.devices;
    this.join({ ...this.#again, keys: undefined, resume: undefined, wish, ...before, ...more });
  }

  /** The secret of the room's link; undefined: the room is open. */
  get secret(): ReadonlySignal<string | undefined> {
    return this.#secret;
  }

  /**
   * Uses the keys of a link: at once while waiting or inside, otherwise with the next join. Without
   * keys, tries again now.
   */
  showKeys(room: string, keys: Keys = {}): void {
    const { kind } = this.session.state;
    if (kind === "idle") return this.#keep(room, keys);
    // A valid owner key comes back from the server and is stored then.
    if (keys.invite !== undefined) this.#keep(room, { invite: keys.invite });
    if (kind === "left") return this.rejoin({ keys, password: undefined });
    if (this.#again === undefined) return;
    this.session.join({ ...this.#again, ...this.#means({ room, keys }) });
  }

  #keep(room: string, keys: Keys): void {
    if (Object.keys(keys).length > 0) this.#options.keys.keep(room, keys);
    this.#secret.value = this.#options.keys.of(room).secret;
  }

  /** What a join needs besides the name. The secret is no credential: the server never has it. */
  #means({ room, keys, password }: Pick<JoinOptions, "room" | "keys" | "password">) {
    const { secret, ...kept } = this.#options.keys.of(room);
    const { secret: _, ...more } = keys ?? {};
    const shown = { ...kept, ...more };
    const { state: { kind }, trust } = this.session;
    // Another tab may keep another secret meanwhile.
    const present = kind === "joined" || kind === "reconnecting" ? trust.secret : secret;
    this.#secret.value = present;
    return {
      secret: present,
      credentials: password === undefined ? shown : { ...shown, password },
    };
  }

  /** How often this page has tried to join. */
  get tries(): number {
    return this.#tries;
  }

  /** Whether the last join sent a password. */
  get sentPassword(): boolean {
    return this.#again?.password !== undefined;
  }

  /** Mutes or unmutes; starts the microphone if it is off. A starting microphone counts as on. */
  toggleMicrophone(): void {
    if (this.devices.comesOn("microphone") && !this.#muted.value) return this.setMuted(true);
    this.setMuted(false);
    this.devices.turn("microphone", true);
  }

  toggleCamera(): void {
    this.devices.turn("camera", !this.devices.comesOn("camera"));
  }

  setMuted(muted: boolean): void {
    this.devices.change({ muted });
    this.#mute(muted);
  }

  /** Unmutes while a key is held, until setMuted(true); a return meanwhile is muted. */
  speak(): void {
    this.#mute(false);
  }

  toggleHand(): void {
    this.session.presence.change({ hand: !this.room.self.value.state.hand });
  }

  /** Media goes through a relay only. */
  get relayOnly(): ReadonlySignal<boolean> {
    return this.#relayOnly;
  }

  /** Sets that, and remembers it. */
  setRelayOnly(relayOnly: boolean): void {
    this.#relayChosen = true;
    this.#relayOnly.value = relayOnly;
    this.book.change({ relayOnly });
    this.session.links.setRelayOnly(relayOnly);
  }

  /** Codecs this machine decodes in hardware, as MIME types; empty until known. */
  get efficient(): ReadonlySignal<readonly string[]> {
    return this.#efficient;
  }

  /** Reduced video quality: chosen, or because this machine is overloaded. */
  get light(): ReadonlySignal<boolean> {
    return this.#light;
  }

  /** Sets that, and remembers it. */
  setLight(light: boolean): void {
    this.#insists.value = !light;
    this.book.change({ light });
  }

  /** Runs `undo` when the call is closed. */
  atEnd(undo: () => void): void {
    this.#undos.push(undo);
  }

  /** Leaves at once and releases everything. */
  close(): void {
    this.#closed = true;
    this.#talk.value?.close();
    this.session.close();
    for (const undo of this.#undos) undo();
    this.room.close();
    this.chat.close();
    this.owners.close();
    this.files.close();
    this.media.close();
  }

  /** Mutes at an owner's request; the person can unmute right away. */
  #muteFor(from: PeerId): void {
    if (this.#muted.value || this.media.source("microphone").value.kind === "off") return;
    this.setMuted(true);
    this.#mutedBy.value = from;
  }

  /**
   * Another tab turned on relay only: new connections follow. Turning it off counts from the next
   * visit.
   */
  #followRelayOnly(relayOnly: boolean): void {
    if (!relayOnly || this.#relayChosen || this.#relayOnly.peek()) return;
    this.#relayOnly.value = true;
    this.session.links.setRelayOnly(true, { anew: false });
  }

  #mute(muted: boolean): void {
    this.#muted.value = muted;
    if (!muted) this.#mutedBy.value = undefined;
    this.session.presence.setMuted(muted);
  }

  #follow(kind: "idle" | "joining" | "joined" | "reconnecting" | "left"): void {
    if (kind === "joined") {
      this.#wasInside = true;
      this.#joinedAt.value ??= this.#options.now();
    }
    if (kind !== "left") return;
    const names = this.room.peers.value.map(({ peer }) => peer.value.name);
    const since = this.#joinedAt.value;
    this.#ending = { names, ms: since === undefined ? 0 : this.#options.now() - since };
    this.#joinedAt.value = undefined;
    this.#mutedBy.value = undefined;
    this.devices.leave();
  }
}
