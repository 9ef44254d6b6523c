/**
 * The chat a room keeps in memory, for those who come back and those who come late. Invariants:
 * 1 A private line is given to its two people and nobody else.
 * 2 A public line is given to nobody whose `since` it is not after, but its author.
 * 3 Public and private lines are bounded each by itself, in number, bytes and age.
 */
import { Buffer } from "node:buffer";
import { type ChatLine, limits, type PeerId } from "../../protocol/mod.ts";

/** A peer that asks for lines; public ones up to revision `since` are not for it. */
export interface Reader {
  readonly peerId: PeerId;
  readonly since: number;
}

interface Kept {
  line: ChatLine;
  bytes: number;
  /** Place among all lines of the room, public and private. */
  readonly order: number;
  /** Monotonic clock, ms. */
  readonly saidAt: number;
}

/** Whether a line is for this reader. */
export function mayRead(line: ChatLine, { peerId, since }: Reader): boolean {
  if (line.from === peerId) return true;
  return line.to === undefined ? line.id > since : line.to.peerId === peerId;
}

/** All kept lines of one room. */
export class ChatShelf {
  readonly #public: Kept[] = [];
  readonly #private: Kept[] = [];
  readonly #known = new Map<string, Kept>();
  /** Revision of the newest public line that is no longer kept. */
  #dropped = 0;
  /** The same for private ones, by each of their two. */
  readonly #droppedOf = new Map<PeerId, number>();
  #count = 0;

  /** The line that `from` said under `ref`, as it is now. */
  find(from: PeerId, ref: string): ChatLine | undefined {
    return this.#known.get(keyOf(from, ref))?.line;
  }

  /** `now`: monotonic clock, ms. */
  add(line: ChatLine, now: number): void {
    const kept: Kept = { line, bytes: bytesOf(line), order: this.#count++, saidAt: now };
    this.#shelfOf(line).push(kept);
    this.#known.set(keyOf(line.from, line.ref), kept);
    this.#trim(this.#shelfOf(line), now);
  }

  /** Puts a changed line in the place of the former one. */
  replace(line: ChatLine, now: number): void {
    const kept = this.#known.get(keyOf(line.from, line.ref));
    if (kept === undefined) return;
    kept.line = line;
    kept.bytes = bytesOf(line);
    this.#trim(this.#shelfOf(line), now);
  }

  /** Drops lines that are too old. */
  age(now: number): void {
    for (const shelf of [this.#public, this.#private]) {
      const [oldest] = shelf;
      if (oldest !== undefined && isOld(oldest, now)) this.#trim(shelf, now);
    }
  }

  /** Everything for this reader, oldest first. */
  all(reader: Reader): ChatLine[] {
    return [...this.#public, ...this.#private]
      .filter(({ line }) => mayRead(line, reader))
      .toSorted((a, b) => a.order - b.order)
      .map(({ line }) => line);
  }

  /**
   * What is new to a reader who followed the room up to `revision`. Private lines and changes take no revision of their
   * own, so those of that very revision are given again; who has them knows them by their `ref`.
   */
  after(revision: number, reader: Reader): { missed: ChatLine[]; gap: boolean } {
    const missed = this.all(reader).filter(({ id, to, changed }) =>
      to === undefined && id > revision || to !== undefined && id >= revision ||
      changed !== undefined && changed >= revision
    );
    const dropped = Math.max(this.#dropped, this.#droppedOf.get(reader.peerId) ?? 0);
    return { missed, gap: dropped > Math.max(revision, reader.since) };
  }

  #shelfOf({ to }: ChatLine): Kept[] {
    return to === undefined ? this.#public : this.#private;
  }

  #trim(shelf: Kept[], now: number): void {
    let bytes = shelf.reduce((sum, kept) => sum + kept.bytes, 0);
    for (let [oldest] = shelf; oldest !== undefined; [oldest] = shelf) {
      const isMore = shelf.length > limits.recentChatLines || bytes > limits.recentChatBytes;
      if (!isOld(oldest, now) && (!isMore || shelf.length === 1)) return;
      shelf.shift();
      bytes -= oldest.bytes;
      this.#forget(oldest.line);
    }
  }

  #forget({ id, ref, from, to }: ChatLine): void {
    this.#known.delete(keyOf(from, ref));
    if (to === undefined) {
      this.#dropped = id;
      return;
    }
    for (const peerId of [from, to.peerId]) {
      // Moved to the end, so that the peer whose last loss is oldest is forgotten first.
      this.#droppedOf.delete(peerId);
      this.#droppedOf.set(peerId, id);
    }
    for (const peerId of this.#droppedOf.keys()) {
      if (this.#droppedOf.size <= limits.recentChatLines) return;
      this.#droppedOf.delete(peerId);
    }
  }
}

function isOld({ saidAt }: Kept, now: number): boolean {
  return now - saidAt >= limits.recentChatMs;
}

function keyOf(from: PeerId, ref: string): string {
  return `${from} ${ref}`;
}

function bytesOf(line: ChatLine): number {
  return Buffer.byteLength(JSON.stringify(line));
}
