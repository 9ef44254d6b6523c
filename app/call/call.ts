/**
 * One page's visit to one room: ties session, own media and stores together and carries out what a person does.
 * Invariants: joining waits for no device; own tracks go to the session whenever they arrive; after `leave` no
 * device is in use; after `close` nothing runs.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { OwnerMessage, PeerId } from "../../protocol/mod.ts";
import {
  type ChatAddress,
  lateImport,
  type LinkEvent,
  type RoomEvent,
  type RoomSession,
  type RosterEvent,
  type Shown,
  subscribeTo,
} from "../../mesh/mod.ts";
import type { FileRoom } from "../../mesh/files/mod.ts";
import { ChatStore } from "../chat/mod.ts";
import { Files } from "../files/mod.ts";
import {
  type After,
  type IntentMemory,
  type MediaSource,
  MediaStore,
  OwnDevices,
  type WatchLevel,
  type Wish,
} from "../devices/mod.ts";
import { type KeyRing, type Keys, WayIn } from "../enter/mod.ts";
import { OwnersStore } from "../people/mod.ts";
import type { PreferenceBook } from "../ui/preferences.ts";
import { RoomStore } from "../room/mod.ts";
import { loadTalkStore } from "../talk/lazy.ts";
import type { TalkStore } from "../talk/mod.ts";

/** The part of RoomSession a call uses. */
export interface Session
  extends
    Pick<RoomSession, "state" | "subscribe" | "join" | "leave" | "close" | "send" | "setTrack"> {
  readonly roster: Pick<RoomSession["roster"], "peers" | "subscribe">;
  readonly chat: Pick<RoomSession["chat"], "send" | "change" | "subscribe">;
  readonly presence: Pick<RoomSession["presence"], "setMuted" | "change" | "subscribe">;
  readonly owners: Pick<RoomSession["owners"], "subscribe">;
  readonly messages: Pick<RoomSession["messages"], "subscribe">;
  readonly monitor: Pick<RoomSession["monitor"], "setLight" | "subscribe">;
  readonly links:
    & Pick<RoomSession["links"], "retry" | "watch" | "relayKnown" | "relayOnly" | "setRelayOnly">
    & FileRoom["links"];
}

/** How somebody comes in. */
export interface Entering {
  readonly room: string;
  readonly name: string;
  readonly wish: Wish;
  /** Who wished so: the person just now (the default), a link, or the person before, to whom one returns. */
  readonly from?: "person" | "link" | "before";
  readonly password?: string | undefined;
  /** Shown at the door besides those this browser keeps. */
  readonly keys?: Keys | undefined;
}

/** How the last visit ended. `names`: who was still there. `ms`: how long it lasted. */
export interface Ending {
  readonly names: readonly string[];
  readonly ms: number;
}

/** Everything a call is made of. `now` and `date` in ms, the first never jumps. */
export interface CallParts {
  readonly session: Session;
  readonly media: MediaSource;
  readonly book: PreferenceBook;
  readonly keys: KeyRing;
  readonly watchLevel: WatchLevel;
  readonly after: After;
  readonly now: () => number;
  readonly date: () => number;
  /** Keeps what the person wants for the next load of the page. */
  readonly intent?: Pick<IntentMemory, "keep">;
  /** Opens ahead what a join will need. */
  readonly warm?: () => void;
}

/** A visit, from the page before joining to the page after leaving. */
export class Call {
  readonly room: RoomStore;
  readonly chat: ChatStore;
  readonly book: PreferenceBook;
  readonly files: Files;
  readonly media: MediaStore;
  readonly devices: OwnDevices;
  readonly owners: OwnersStore;
  readonly wayIn: WayIn;
  readonly #parts: CallParts;
  readonly #session: Session;
  readonly #now: () => number;
  readonly #date: () => number;
  readonly #undos: (() => void)[];
  readonly #joinedAt = signal<number | undefined>(undefined);
  readonly #muted = signal(false);
  readonly #mutedBy = signal<PeerId | undefined>(undefined);
  readonly #relayOnly: Signal<boolean>;
  /** The person has said so in this call, whatever another tab says. */
  #relayChosen = false;
  readonly #light: ReadonlySignal<boolean>;
  /** The person wants large pictures although the machine is strained. */
  readonly #insists = signal(false);
  readonly #talk = signal<TalkStore | undefined>(undefined);
  readonly #efficient = signal<readonly string[]>([]);
  #opening = false;
  #tries = 0;
  #closed = false;
  #ending: Ending = { names: [], ms: 0 };
  #again: Entering | undefined;
  #wasInside = false;

  constructor(parts: CallParts) {
    const { session, media, book, watchLevel, after, now, date } = parts;
    this.#parts = parts;
    this.#session = session;
    this.#relayOnly = signal(session.links.relayOnly);
    this.book = book;
    this.#now = now;
    this.#date = date;
    this.wayIn = new WayIn(now);
    // First, or the room store has emptied itself before we counted who stays behind.
    const watching = subscribeTo<RoomEvent | RosterEvent | LinkEvent>(
      [session, session.roster, session.links],
      (event) => {
        this.wayIn.follow(event);
        if (event.type === "state") this.#follow(event.state.kind);
      },
    );
    // Here and not in what comes later: who has just come in is asked, too.
    const obeying = session.owners.subscribe((word) => {
      if (word.type === "mute-request") this.#obey(word.from);
    });
    this.room = new RoomStore(session, { watchLevel, after, now });
    this.chat = new ChatStore(session, date);
    this.files = new Files({
      room: session,
      clock: { now, date, after },
      place: (entry) => this.chat.place(entry),
    });
    this.owners = new OwnersStore(
      session,
      (room, ownerKey) => parts.keys.keep(room, { ownerKey }),
    );
    this.media = new MediaStore(media, { book, watchLevel, after });
    this.devices = new OwnDevices(this.media, parts.intent);
    const sending = media.subscribe((event) => {
      if (event.type === "track") session.setTrack(event.slot, event.track);
    });
    this.#light = computed(() =>
      book.current.value.light || (this.room.strained.value && !this.#insists.value)
    );
    const easing = effect(() => session.monitor.setLight(this.#light.value));
    const hiding = effect(() => this.#heedRelay(book.current.value.relayOnly));
    this.#undos = [watching, obeying, sending, easing, hiding];
  }

  /** When the room was entered, by `now`; undefined outside. */
  get joinedAt(): ReadonlySignal<number | undefined> {
    return this.#joinedAt;
  }

  /** The microphone is there but silent on purpose. */
  get muted(): ReadonlySignal<boolean> {
    return this.#muted;
  }

  /** Which owner has muted one's microphone by asking for silence, until it is on again. */
  get mutedBy(): ReadonlySignal<PeerId | undefined> {
    return this.#mutedBy;
  }

  /** Takes the notice of that away. */
  dismissMutedBy(): void {
    this.#mutedBy.value = undefined;
  }

  /** What one does besides seeing and hearing each other; undefined until openTalk() has brought it. */
  get talk(): ReadonlySignal<TalkStore | undefined> {
    return this.#talk;
  }

  /** Loads what is only needed after the first pictures; harmless when called again. */
  async openTalk(): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    const { TalkStore, efficientCodecs } = await lateImport(loadTalkStore);
    void efficientCodecs("decode").then((codecs) => this.#efficient.value = codecs);
    if (!this.#closed) this.#talk.value = new TalkStore(this, { ...this.#parts, signal, effect });
  }

  /** How the last visit ended. */
  get ending(): Ending {
    return this.#ending;
  }

  /** Shows oneself before joining, as far as the devices are wished for; `returns` as in Recalled. */
  preview(wish: Wish, returns = false): void {
    this.devices.preview(wish, returns);
  }

  /** Somebody is about to join, as it seems: what can be opened ahead is. */
  expectJoin(): void {
    this.#parts.warm?.();
  }

  /** Enters at once; devices that are wished for follow when they can. */
  join(entering: Entering): void {
    const { room, name, wish, from = "person" } = entering;
    this.#again = entering;
    this.#tries++;
    this.wayIn.asked();
    this.#relayChosen = false;
    // Reads what other tabs have chosen, too.
    this.book.visit(room, this.#date());
    this.#session.join({ room, name, credentials: this.#credentials(entering) });
    this.devices.enter(wish, from);
    this.#mute(this.devices.wish.muted);
  }

  /** Enters again as one was at last, or with another password. */
  rejoin(more: Pick<Entering, "password" | "keys"> = {}): void {
    if (this.#again === undefined) return;
    const before = this.#wasInside ? { from: "before" } as const : {};
    const { wish } = this.devices;
    this.join({ ...this.#again, keys: undefined, wish, ...before, ...more });
  }

  /** Shows what a link has brought: at the door or inside at once, on the page before with the join to come. None: tries again now. */
  showKeys(room: string, keys: Keys = {}): void {
    const { kind } = this.#session.state;
    if (kind === "idle") return this.#parts.keys.keep(room, keys);
    // An owner key that is good comes back from the server, and is kept then.
    if (keys.invite !== undefined) this.#parts.keys.keep(room, { invite: keys.invite });
    if (kind === "left") return this.rejoin({ keys, password: undefined });
    if (this.#again === undefined) return;
    this.#session.join({ ...this.#again, credentials: this.#credentials({ room, keys }) });
  }

  #credentials({ room, keys, password }: Pick<Entering, "room" | "keys" | "password">) {
    const shown = { ...this.#parts.keys.of(room), ...keys };
    return password === undefined ? shown : { ...shown, password };
  }

  /** How often this page has tried to come in. */
  get tries(): number {
    return this.#tries;
  }

  /** Whether a password was said on the way in. */
  get saidPassword(): boolean {
    return this.#again?.password !== undefined;
  }

  /** Says what only owners may say; false while nobody could be told. */
  decide(message: OwnerMessage): boolean {
    return this.#session.send(message);
  }

  leave(): void {
    this.#session.leave();
  }

  /** Mutes or unmutes; starts the microphone if there was none yet. One that is starting will be heard, so it is muted. */
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

  /** Heard for as long as a key is held, until setMuted(true); who comes back meanwhile is muted as before. */
  speak(): void {
    this.#mute(false);
  }

  toggleHand(): void {
    this.#session.presence.change({ hand: !this.room.self.value.state.hand });
  }

  /** Says whether the line was taken: not empty, not too long. */
  sendChat(text: string, address: ChatAddress = {}): boolean {
    return this.#session.chat.send(text, address) !== undefined;
  }

  /** Changes an own line, or takes it back (null); says whether that can be. */
  changeChat(ref: string, text: string | null): boolean {
    return this.#session.chat.change(ref, text);
  }

  /** Whether the server named a relay. */
  get relayKnown(): boolean {
    return this.#session.links.relayKnown;
  }

  /** Own media goes through a relay only. */
  get relayOnly(): ReadonlySignal<boolean> {
    return this.#relayOnly;
  }

  /** From now on, and remembered. */
  setRelayOnly(relayOnly: boolean): void {
    this.#relayChosen = true;
    this.#relayOnly.value = relayOnly;
    this.book.change({ relayOnly });
    this.#session.links.setRelayOnly(relayOnly);
  }

  /** Tells a peer how its pictures are shown here. */
  watch(peerId: string, shown: Shown): void {
    this.#session.links.watch(peerId, shown);
  }

  /** Codecs this machine decodes in hardware, MIME types; none until that is known. */
  get efficient(): ReadonlySignal<readonly string[]> {
    return this.#efficient;
  }

  /** Small pictures for everybody: wished for, or because this machine has too much to do. */
  get light(): ReadonlySignal<boolean> {
    return this.#light;
  }

  /** By hand, and remembered. */
  setLight(light: boolean): void {
    this.#insists.value = !light;
    this.book.change({ light });
  }

  retryLink(peerId: string): void {
    this.#session.links.retry(peerId);
  }

  /** Leaves at once and releases everything. */
  close(): void {
    this.#closed = true;
    this.#talk.value?.close();
    this.#session.close();
    for (const undo of this.#undos) undo();
    this.room.close();
    this.chat.close();
    this.owners.close();
    this.files.close();
    this.media.close();
  }

  /** An owner asks for it; one's own word counts again right after. */
  #obey(from: PeerId): void {
    if (this.#muted.value || this.media.source("microphone").value.kind === "off") return;
    this.setMuted(true);
    this.#mutedBy.value = from;
  }

  /** Another tab hides this browser's address: links to come do too. What it reveals again is for the next visit. */
  #heedRelay(relayOnly: boolean): void {
    if (!relayOnly || this.#relayChosen || this.#relayOnly.peek()) return;
    this.#relayOnly.value = true;
    this.#session.links.setRelayOnly(true, { anew: false });
  }

  #mute(muted: boolean): void {
    this.#muted.value = muted;
    if (!muted) this.#mutedBy.value = undefined;
    this.#session.presence.setMuted(muted);
  }

  #follow(kind: "idle" | "joining" | "joined" | "reconnecting" | "left"): void {
    if (kind === "joined") {
      this.#wasInside = true;
      this.#joinedAt.value ??= this.#now();
    }
    if (kind !== "left") return;
    const names = this.room.peers.value.map(({ peer }) => peer.value.name);
    const since = this.#joinedAt.value;
    this.#ending = { names, ms: since === undefined ? 0 : this.#now() - since };
    this.#joinedAt.value = undefined;
    this.#mutedBy.value = undefined;
    this.devices.leave();
  }
}
