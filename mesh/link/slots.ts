/**
 * Which transceiver of one connection carries which slot. Invariants:
 * 1 A slot is a position: the first audio m-line is the microphone, the first video m-line the
 *   camera, the second video m-line the screen, the second audio m-line its sound. M-lines are only
 *   appended, so both ends agree without signalling.
 * 2 There are at most two transceivers per kind. addTrack makes that of a screen, because only then
 *   does the other side's m-line reuse it if both sides share at once and this side rolls back
 *   (JSEP 5.10).
 * 3 Microphone and camera are always sendrecv: turning them on or off is a replaceTrack without
 *   negotiation. The direction of a screen says whether it is shared, so the other side gets
 *   correct `track` events.
 */
import { type Slot, slots } from "../events.ts";
import { lateImport } from "../late_import.ts";
import type { SenderRule } from "./sender_rules.ts";

/** The tracks a link should send; one map for all connections the link ever has. */
export type WantedTracks = ReadonlyMap<Slot, MediaStreamTrack | null>;

/** How pictures should be sent, if there is a rule; one map for all connections, too. */
export type WantedRules = ReadonlyMap<Slot, SenderRule>;

interface LinkSlotsOptions {
  readonly connection: RTCPeerConnection;
  readonly wanted: WantedTracks;
  readonly rules: WantedRules;
  readonly createStream: () => MediaStream;
  /** False for peers that never offer while connected; with them there is no glare. */
  readonly reusable: boolean;
}

interface Place {
  readonly kind: "audio" | "video";
  readonly index: 0 | 1;
}

const places: Readonly<Record<Slot, Place>> = {
  "microphone": { kind: "audio", index: 0 },
  "camera": { kind: "video", index: 0 },
  "screen": { kind: "video", index: 1 },
  "screen-audio": { kind: "audio", index: 1 },
};

function sends(direction: RTCRtpTransceiverDirection | null): boolean {
  return direction === "sendrecv" || direction === "sendonly";
}

function receives(direction: RTCRtpTransceiverDirection | null): boolean {
  return direction === "sendrecv" || direction === "recvonly";
}

/** The code is needed for the first screen, or after the first `watch` message. */
async function tune(sender: RTCRtpSender, rule: () => SenderRule | undefined): Promise<void> {
  const { keepToRule } = await lateImport(() => import("./sender_rules.ts"));
  await keepToRule(sender, rule);
}

/** The slots of one connection, both ways. */
export class LinkSlots {
  readonly #connection: RTCPeerConnection;
  readonly #wanted: WantedTracks;
  readonly #rules: WantedRules;
  readonly #reusable: boolean;
  readonly #streams: readonly [MediaStream, MediaStream];
  /** The last track requested of each sender; `sender.track` changes later. */
  readonly #requested = new Map<RTCRtpSender, MediaStreamTrack | null>();
  #settled = false;

  constructor({ connection, wanted, rules, createStream, reusable }: LinkSlotsOptions) {
    this.#connection = connection;
    this.#wanted = wanted;
    this.#rules = rules;
    this.#reusable = reusable;
    this.#streams = [createStream(), createStream()];
  }

  /** Adds the caller's first m-lines: one audio, one video, with a track or without. */
  prepare(): void {
    for (const slot of slots) {
      if (places[slot].index === 0) this.#append(slot, this.#wanted.get(slot) ?? null);
    }
  }

  /**
   * Uses the offer's transceivers before the answer (have-remote-offer), to need one round only.
   */
  async adopt(): Promise<void> {
    await Promise.all(slots.map((slot) => this.#update(slot)));
  }

  /** Adds the tracks that had no transceiver before. Call it after each complete round. */
  settle(): void {
    this.#settled = true;
    for (const slot of slots) void this.#update(slot);
  }

  /** Updates one slot after its wanted track or its rule has changed. */
  change(slot: Slot): void {
    void this.#update(slot);
  }

  /** The track that the other side sends in `slot` since the last complete round; null: none. */
  remote(slot: Slot): MediaStreamTrack | null {
    const transceiver = this.#transceiver(slot);
    return transceiver && receives(transceiver.currentDirection)
      ? transceiver.receiver.track
      : null;
  }

  #transceiver(slot: Slot): RTCRtpTransceiver | undefined {
    const { kind, index } = places[slot];
    return this.#connection.getTransceivers()
      .filter(({ receiver, direction }) => receiver.track.kind === kind && direction !== "stopped")
      .at(index);
  }

  async #update(slot: Slot): Promise<void> {
    const track = this.#wanted.get(slot) ?? null;
    const transceiver = this.#transceiver(slot);
    if (transceiver === undefined) {
      // Before the first complete round the first m-lines may not exist yet.
      if (track !== null && this.#settled) this.#append(slot, track);
      return;
    }
    const { sender } = transceiver;
    if (!this.#requested.has(sender)) {
      // The other side's offer has made it.
      sender.setStreams?.(this.#stream(slot));
      this.#requested.set(sender, sender.track);
    }
    const direction = places[slot].index === 0 || track !== null ? "sendrecv" : "recvonly";
    if (transceiver.direction !== direction) transceiver.direction = direction;
    if (this.#requested.get(sender) !== track) await this.#replaceTrack(sender, track);
    // The use of the track may have changed with each round and each change.
    if (track !== null && (slot === "screen" || this.#rules.has(slot))) {
      void tune(sender, () => this.#rules.get(slot));
    }
  }

  async #replaceTrack(sender: RTCRtpSender, track: MediaStreamTrack | null): Promise<void> {
    this.#requested.set(sender, track);
    try {
      await sender.replaceTrack(track);
    } catch {
      // The track has ended, or the connection is closed: the next change tries again.
      if (this.#requested.get(sender) === track) this.#requested.delete(sender);
    }
  }

  #append(slot: Slot, track: MediaStreamTrack | null): void {
    const stream = this.#stream(slot);
    if (track !== null && this.#reusable && this.#addTrackMakesNew(slot)) {
      this.#requested.set(this.#connection.addTrack(track, stream), track);
      return;
    }
    const { sender } = this.#connection.addTransceiver(track ?? places[slot].kind, {
      direction: "sendrecv",
      streams: [stream],
    });
    this.#requested.set(sender, track);
  }

  /**
   * addTrack reuses a sender that has never sent; while the camera is off, that is the camera's.
   */
  #addTrackMakesNew(slot: Slot): boolean {
    const { kind, index } = places[slot];
    if (index === 0) return false;
    return this.#connection.getTransceivers().every(({ receiver, currentDirection, sender }) =>
      receiver.track.kind !== kind || sends(currentDirection) || sender.track !== null
    ) && !this.#connection.getSenders().some((sender) => sender.track === this.#wanted.get(slot));
  }

  #stream(slot: Slot): MediaStream {
    return this.#streams[places[slot].index];
  }
}
