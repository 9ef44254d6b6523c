/** What all clients of one room were shown, together. */
import type { ChatLine, PeerId } from "../../protocol/mod.ts";
import { assertEquals } from "../assert.ts";

/** A line, and what may become of it. */
export interface ShownLine {
  readonly id: number;
  readonly from: PeerId;
  /**
   * `kept`: it was shown while its home had the store, so nothing that happens later may lose it.
   * `forgiven`: the store has lost its data, and it may be lost, or had by some only.
   */
  readonly fate: "kept" | "unsure" | "forgiven";
}

/** One room, over all its epochs. */
export class RoomWatch {
  readonly #lines = new Map<number, Map<string, ShownLine>>();
  /** Peers whose welcome has reached them. */
  readonly arrived = new Set<PeerId>();
  /** Peers that an owner wanted to remove: if they come back, it is as somebody else. */
  readonly removed = new Set<PeerId>();
  /** Who was banned, by name, in which epoch. */
  readonly #banned = new Map<string, number>();

  /** A client was told that it is banned. */
  bans(name: string, epoch: number): void {
    this.#banned.set(name, epoch);
  }

  /** Whether a client may not be in this epoch of the room. */
  isBanned(name: string, epoch: number): boolean {
    return this.#banned.get(name) === epoch;
  }

  /** A public line was shown to a client. */
  shown(
    { ref, id, from }: ChatLine,
    { epoch, fate }: { readonly epoch: number; readonly fate: ShownLine["fate"] },
  ): void {
    const lines = this.#linesOf(epoch);
    const known = lines.get(ref) ?? { id, from, fate };
    // A home that is cut off may have given it another place; and a person who was removed, or
    // whose resume token is outdated, sends what was not confirmed again as somebody else.
    const isSettled = known.fate === "kept" && fate === "kept" && known.from === from;
    if (isSettled) assertEquals(id, known.id, `the line ${ref} has two places`);
    lines.set(ref, known.fate === "unsure" ? { id, from, fate } : known);
  }

  /** The store has lost all data: what was shown until now may be lost, too. */
  forgive(): void {
    for (const lines of this.#lines.values()) {
      for (const [ref, line] of lines) lines.set(ref, { ...line, fate: "forgiven" });
    }
  }

  /** The lines that everybody who may read them must have, with their places. */
  keptLines(epoch: number): { readonly ref: string; readonly id: number }[] {
    return [...this.#linesOf(epoch)].flatMap(([ref, { id, fate }]) =>
      fate === "kept" ? [{ ref, id }] : []
    );
  }

  #linesOf(epoch: number): Map<string, ShownLine> {
    const lines = this.#lines.get(epoch) ?? new Map();
    this.#lines.set(epoch, lines);
    return lines;
  }
}
