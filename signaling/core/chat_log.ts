/**
 * The chat that a room keeps in memory, for members who resume and for newcomers. Invariants:
 * 1 Only its author and its receiver may read a private line.
 * 2 A reader gets public lines after its `since`, and its own lines.
 * 3 Public and private lines are each bounded in number, bytes and age.
 */
import { Buffer } from "node:buffer";
import { type ChatLine, limits, type Mark, type PeerId, serverLimits } from "../../protocol/mod.ts";
import type { Moment } from "./core_types.ts";

/** A peer that reads lines. Public lines up to revision `since` are not for it. */
export interface Reader {
  readonly peerId: PeerId;
  readonly since: number;
}

interface Entry {
  line: ChatLine;
  bytes: number;
  /** The reactions, the oldest first; undefined: there never was one. */
  marks: readonly Mark[] | undefined;
  /** Position among all lines of the room, public and private. */
  readonly order: number;
  /** ms of the core's monotonic clock. */
  readonly addedAt: number;
}

/** A kept line, its position and its reactions. */
export type RecordedLine = Pick<Entry, "order" | "line" | "marks">;

/** The revisions of the newest lines that were dropped: the public one, and by peer the others. */
export interface ChatLogHead {
  readonly dropped: number;
  readonly droppedOf: readonly (readonly [PeerId, number])[];
}

/** Whether a reader may see a line. */
export function mayRead(line: ChatLine, { peerId, since }: Reader): boolean {
  if (line.from === peerId) return true;
  return line.to === undefined ? line.id > since : line.to.peerId === peerId;
}

/** The kept lines of one room. */
export class ChatLog {
  readonly #public: Entry[] = [];
  readonly #private: Entry[] = [];
  readonly #byRef = new Map<string, Entry>();
  /** The revision of the newest public line that was dropped. */
  #dropped = 0;
  /** The same for private lines, by peer. */
  readonly #droppedOf = new Map<PeerId, number>();
  #count = 0;

  /** The line that `from` sent under `ref`, as it is now. */
  find(from: PeerId, ref: string): ChatLine | undefined {
    return this.#byRef.get(keyOf(from, ref))?.line;
  }

  /** Whether a line of this peer is kept. */
  hasLinesOf(peerId: PeerId): boolean {
    return [...this.#public, ...this.#private].some(({ line }) => line.from === peerId);
  }

  /** Appends a line. `now`: ms of the core's monotonic clock. */
  add(line: ChatLine, now: number): void {
    const order = this.#count++;
    const entry: Entry = { line, bytes: bytesOf(line), order, addedAt: now, marks: undefined };
    this.#entriesLike(line).push(entry);
    this.#byRef.set(keyOf(line.from, line.ref), entry);
    this.#trim(this.#entriesLike(line), now);
  }

  /** Replaces a line by its changed version. */
  replace(line: ChatLine, now: number): void {
    const entry = this.#byRef.get(keyOf(line.from, line.ref));
    if (entry === undefined) return;
    entry.line = line;
    entry.bytes = bytesOf(line);
    if (line.text === null) entry.marks &&= [];
    this.#trim(this.#entriesLike(line), now);
  }

  /** Removes a line, as if it had never been kept. */
  remove({ from, ref, to }: Pick<ChatLine, "from" | "ref" | "to">): void {
    const entries = to === undefined ? this.#public : this.#private;
    const index = entries.findIndex(({ line }) => line.from === from && line.ref === ref);
    if (index < 0) return;
    entries.splice(index, 1);
    this.#byRef.delete(keyOf(from, ref));
  }

  /** The reactions to a line, the oldest first; undefined: there never was one. */
  marksOf({ from, ref }: ChatLine): readonly Mark[] | undefined {
    return this.#byRef.get(keyOf(from, ref))?.marks;
  }

  setMarks({ from, ref }: ChatLine, marks: readonly Mark[]): void {
    const entry = this.#byRef.get(keyOf(from, ref));
    if (entry !== undefined) entry.marks = marks;
  }

  /** How many reactions are kept. */
  get markCount(): number {
    return [...this.entries()].reduce((sum, { marks }) => sum + (marks?.length ?? 0), 0);
  }

  /** The lines for this reader that ever had a reaction. */
  *marked(reader: Reader): Iterable<{ readonly line: ChatLine; readonly marks: readonly Mark[] }> {
    for (const { line, marks } of this.entries()) {
      if (marks !== undefined && mayRead(line, reader)) yield { line, marks };
    }
  }

  /** Drops lines that are too old. */
  tick(now: number): void {
    for (const entries of [this.#public, this.#private]) {
      const [oldest] = entries;
      if (oldest !== undefined && isOld(oldest, now)) this.#trim(entries, now);
    }
  }

  /** All kept lines with their positions. */
  *entries(): Iterable<RecordedLine> {
    yield* this.#public;
    yield* this.#private;
  }

  /** Which lines were dropped. */
  get head(): ChatLogHead {
    return { dropped: this.#dropped, droppedOf: [...this.#droppedOf] };
  }

  /** Continues the log of another node; times of lines are of the system clock, ms. */
  restore(
    { lines, head }: { lines: readonly RecordedLine[]; head: ChatLogHead | undefined },
    { now, at }: Moment,
  ): void {
    for (const { order, line, marks } of lines.toSorted((a, b) => a.order - b.order)) {
      this.#count = order;
      this.add(line, now - Math.max(0, at - line.at));
      if (marks !== undefined) this.setMarks(line, marks);
    }
    this.#dropped = Math.max(this.#dropped, head?.dropped ?? 0);
    for (const [peerId, id] of head?.droppedOf ?? []) this.#droppedOf.set(peerId, id);
  }

  /** All lines for this reader, the oldest first. */
  all(reader: Reader): ChatLine[] {
    return [...this.#public, ...this.#private]
      .filter(({ line }) => mayRead(line, reader))
      .toSorted((a, b) => a.order - b.order)
      .map(({ line }) => line);
  }

  /**
   * The lines that are new to a reader who followed the room up to `revision`, and whether some of
   * them were dropped. Private lines and changes make no revision, so those of exactly `revision`
   * are included; a client that has them already recognizes their `ref`.
   */
  after(revision: number, reader: Reader): { missed: ChatLine[]; gap: boolean } {
    const missed = this.all(reader).filter(({ id, to, changed }) =>
      to === undefined && id > revision || to !== undefined && id >= revision ||
      changed !== undefined && changed >= revision
    );
    const dropped = Math.max(this.#dropped, this.#droppedOf.get(reader.peerId) ?? 0);
    return { missed, gap: dropped > Math.max(revision, reader.since) };
  }

  #entriesLike({ to }: ChatLine): Entry[] {
    return to === undefined ? this.#public : this.#private;
  }

  #trim(entries: Entry[], now: number): void {
    let bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    for (let [oldest] = entries; oldest !== undefined; [oldest] = entries) {
      const isOver = entries.length > limits.recentChatLines ||
        bytes > serverLimits.recentChatBytes;
      if (!isOld(oldest, now) && (!isOver || entries.length === 1)) return;
      entries.shift();
      bytes -= oldest.bytes;
      this.#forget(oldest.line);
    }
  }

  #forget({ id, ref, from, to }: ChatLine): void {
    this.#byRef.delete(keyOf(from, ref));
    if (to === undefined) {
      this.#dropped = id;
      return;
    }
    for (const peerId of [from, to.peerId]) {
      // Moved to the end, so that the peer whose last dropped line is oldest is forgotten first.
      this.#droppedOf.delete(peerId);
      this.#droppedOf.set(peerId, id);
    }
    for (const peerId of this.#droppedOf.keys()) {
      if (this.#droppedOf.size <= limits.recentChatLines) return;
      this.#droppedOf.delete(peerId);
    }
  }
}

function isOld({ addedAt }: Entry, now: number): boolean {
  return now - addedAt >= serverLimits.recentChatMs;
}

function keyOf(from: PeerId, ref: string): string {
  return `${from} ${ref}`;
}

function bytesOf(line: ChatLine): number {
  return Buffer.byteLength(JSON.stringify(line));
}
