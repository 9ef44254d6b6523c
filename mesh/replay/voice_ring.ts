/** The last half minute of the own voice, encoded. */

/** One Opus packet. `at`: when its sound began, ms by `performance.now()` of the speaker's page. */
export interface VoicePacket {
  readonly at: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** How long a packet is kept, ms. */
export const keptMs = 30_000;

/** Keeps packets in the order of their time. */
export class VoiceRing {
  #packets: VoicePacket[] = [];
  readonly #listeners = new Set<(packet: VoicePacket) => void>();

  /** Adds the newest packet, and drops those that are too old. */
  add(packet: VoicePacket): void {
    const first = this.#packets.findIndex(({ at }) => at >= packet.at - keptMs);
    this.#packets.splice(0, first < 0 ? this.#packets.length : first);
    this.#packets.push(packet);
    for (const listener of this.#listeners) listener(packet);
  }

  /** The packets that began at `at` or later. */
  since(at: number): readonly VoicePacket[] {
    return this.#packets.filter((packet) => packet.at >= at);
  }

  /** Calls `listener` with each new packet. Returns the undo. */
  subscribe(listener: (packet: VoicePacket) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
