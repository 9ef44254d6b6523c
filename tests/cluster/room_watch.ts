/** What all clients of one room were shown, together. */
import type { ChatLine, PeerId } from "../../protocol/mod.ts";
import { assertEquals } from "../assert.ts";

interface ShownLine {
  readonly id: number;
  /** It was shown while its home had the store, so nothing that happens later may lose it. */
  isKept: boolean;
}

/** One room, over all its epochs. */
export class RoomWatch {
  readonly #lines = new Map<number, Map<string, ShownLine>>();
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
    { ref, id }: ChatLine,
    { epoch, isKept }: { readonly epoch: number; readonly isKept: boolean },
  ): void {
    const lines = this.#linesOf(epoch);
    const known = lines.get(ref);
    if (known?.isKept) return assertEquals(id, known.id, `the line ${ref} has two places`);
    lines.set(ref, { id, isKept });
  }

  /** The store has lost all data: what was shown until now may be lost, too. */
  forgive(): void {
    for (const lines of this.#lines.values()) {
      for (const line of lines.values()) line.isKept = false;
    }
  }

  /** The lines that everybody who may read them must have, with their places. */
  keptLines(epoch: number): { readonly ref: string; readonly id: number }[] {
    return [...this.#linesOf(epoch)].flatMap(([ref, { id, isKept }]) =>
      isKept ? [{ ref, id }] : []
    );
  }

  #linesOf(epoch: number): Map<string, ShownLine> {
    const lines = this.#lines.get(epoch) ?? new Map();
    this.#lines.set(epoch, lines);
    return lines;
  }
}
