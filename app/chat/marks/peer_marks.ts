/**
 * Reactions and the pinned line of a sealed room: pages tell them to each other over their links,
 * so that the server learns neither sign nor line. Invariants:
 * 1 A present person's reactions are taken from that person only; those of people who have left,
 *   from anybody, because nobody else can tell a newcomer.
 * 2 Of two reactions of a person to a line with one sign the later counts, in whatever order they
 *   come, so all pages that heard the same show the same.
 * 3 A reaction to a private line goes to its other reader only.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import {
  type LineKey,
  type Mark,
  type MarkSign,
  marksMost,
  type PeerId,
} from "../../../protocol/mod.ts";
import type { LineEntry } from "../chat_entries.ts";
import { type ChatSign, marksTogether, type PeerMark, type PeerPin } from "./chat_message.ts";
import {
  type MarkBook,
  type MarksByLine,
  nameOf,
  type PinnedLine,
  readerOf,
  type SignsOptions,
} from "./marked_call.ts";

/** A reaction with how this page knows of it. */
interface Heard extends PeerMark {
  /** The other reader of a private line; undefined: the line is public. */
  readonly only: PeerId | undefined;
  /** Made on this page; an earlier page's own reactions are known by others' word only. */
  readonly isOwn: boolean;
}

/** A clock may be wrong, but not by so much; ms. */
const aheadMost = 60_000;

/** The parts of the options that are used. `tell` is false while the link is not open. */
type PeerMarksOptions =
  & Pick<SignsOptions, "call" | "entries" | "date">
  & { readonly tell: (to: PeerId, sign: ChatSign) => boolean };

/** As this page and its peers tell each other. */
export class PeerMarks implements MarkBook {
  readonly marks: ReadonlySignal<MarksByLine>;
  readonly pinned: ReadonlySignal<PinnedLine | undefined>;
  readonly #options: PeerMarksOptions;
  readonly #heard = signal<ReadonlyMap<string, Heard>>(new Map());
  readonly #pin = signal<PeerPin | undefined>(undefined);
  /** The time of the last own reaction or pin. */
  #lastAt = 0;

  constructor(options: PeerMarksOptions) {
    this.#options = options;
    this.marks = computed(() => byLine(this.#heard.value));
    this.pinned = computed(() => {
      const pin = this.#pin.value;
      const line = pin?.on ? this.#lineOf(pin) : undefined;
      if (pin === undefined || line === undefined || line.version === "deleted") return undefined;
      const { from, ref, text, name: author } = line;
      return { from, ref, by: pin.name, text, author };
    });
  }

  mark(line: LineEntry, sign: MarkSign, on: boolean): void {
    const { from, ref } = line;
    const only = readerOf(line);
    const key = `${nameOf(line)} ${this.#selfId} ${sign}`;
    const mark = { from, ref, sign, on, ...this.#signed(this.#heard.peek().get(key)) };
    if (!this.#put({ ...mark, only, isOwn: true })) return;
    const others = only === undefined ? this.#others() : [only];
    for (const peerId of others) this.#options.tell(peerId, { type: "marks", marks: [mark] });
  }

  pin({ from, ref }: LineKey, on: boolean): void {
    if (!this.#mayPin(this.#selfId)) return;
    const pin = { from, ref, on, ...this.#signed(this.#pin.peek()) };
    this.#pin.value = pin;
    for (const peerId of this.#others()) this.#options.tell(peerId, { type: "pin", pin });
  }

  /** A link is open: the peer may have come late, or missed something. */
  greet(peerId: PeerId): void {
    const { tell } = this.#options;
    const known = [...this.#heard.peek().values()].filter(({ only, isOwn, ...mark }) => {
      // A page that was loaded again has forgotten what it said before.
      const isGone = mark.peerId !== this.#selfId && !this.#isHere(mark.peerId);
      const isTold = isOwn || mark.peerId === peerId || isGone;
      return isTold && (only === undefined || only === peerId);
    }).map(({ only: _, isOwn: __, ...mark }) => mark);
    for (let at = 0; at < known.length; at += marksTogether) {
      tell(peerId, { type: "marks", marks: known.slice(at, at + marksTogether) });
    }
    const pin = this.#pin.peek();
    const mayTell = pin !== undefined &&
      (pin.peerId === this.#selfId || !this.#isHere(pin.peerId));
    if (mayTell) tell(peerId, { type: "pin", pin });
  }

  receive(from: PeerId, sign: Extract<ChatSign, { type: "marks" | "pin" }>): void {
    const latest = this.#options.date() + aheadMost;
    if (sign.type === "pin") {
      if (sign.pin.at <= latest) this.#handlePin(from, sign.pin);
      return;
    }
    for (const mark of sign.marks) {
      const isTheirs = mark.peerId === from;
      const isHearsay = !isTheirs && mark.peerId !== this.#selfId;
      if (isHearsay && this.#isHere(mark.peerId) || mark.at > latest) continue;
      const line = this.#lineOf(mark);
      const only = line && readerOf(line);
      // Of a line that they cannot read.
      if (only !== undefined && isTheirs && only !== from) continue;
      this.#put({ ...mark, only, isOwn: false });
    }
  }

  close(): void {}

  #handlePin(from: PeerId, pin: PeerPin): void {
    const known = this.#pin.peek();
    if (pin.peerId === from) {
      if (this.#mayPin(from) && (known === undefined || pin.at > known.at)) this.#pin.value = pin;
    } else if (known === undefined && !this.#isHere(pin.peerId)) {
      this.#pin.value = pin;
    }
  }

  #mayPin(peerId: PeerId): boolean {
    const { owners } = this.#options.call;
    return owners.isOwner(peerId) || (owners.rules?.owners.length ?? 0) === 0;
  }

  /** False: it is known already, or there are too many. */
  #put(mark: Heard): boolean {
    const key = `${nameOf(mark)} ${mark.peerId} ${mark.sign}`;
    const known = this.#heard.peek().get(key);
    if (known === undefined ? this.#heard.peek().size >= marksMost : mark.at <= known.at) {
      return false;
    }
    this.#heard.value = new Map(this.#heard.peek()).set(key, mark);
    return true;
  }

  /** Who says something, and when: later than what it replaces, whatever the clocks say. */
  #signed({ at = 0 }: Partial<Pick<PeerMark, "at">> = {}): Pick<
    PeerMark,
    "peerId" | "name" | "at"
  > {
    this.#lastAt = Math.max(this.#options.date(), this.#lastAt + 1, at + 1);
    const { name } = this.#options.call.room.self.peek();
    return { peerId: this.#selfId, name, at: this.#lastAt };
  }

  #lineOf(key: LineKey): LineEntry | undefined {
    return this.#options.entries.value.findLast((entry): entry is LineEntry =>
      entry.kind === "line" && entry.from === key.from && entry.ref === key.ref
    );
  }

  get #selfId(): PeerId {
    const state = this.#options.call.room.state.peek();
    return "selfId" in state ? state.selfId : "";
  }

  #others(): PeerId[] {
    return this.#options.call.room.peers.peek().map(({ peerId }) => peerId);
  }

  #isHere(peerId: PeerId): boolean {
    return this.#others().includes(peerId);
  }
}

function byLine(heard: ReadonlyMap<string, Heard>): MarksByLine {
  const lines = new Map<string, Mark[]>();
  for (const mark of [...heard.values()].toSorted((one, other) => one.at - other.at)) {
    if (!mark.on) continue;
    const { sign, peerId, name } = mark;
    const key = nameOf(mark);
    lines.set(key, [...lines.get(key) ?? [], { sign, peerId, name }]);
  }
  return lines;
}
