/**
 * Which transceiver of one connection carries which slot. Invariants:
 * 1 A slot is a place, not a name: the first audio m-line is the microphone, the first video the
 *   camera, the second video the screen, the second audio its sound. M-lines are only ever
 *   appended, so both ends agree without a word.
 * 2 At most two transceivers per kind. A screen's is made by addTrack, because only such a one is
 *   taken over by the other side's m-line when both start to share at once and this side rolls back
 *   (JSEP 5.10).
 * 3 Microphone and camera are always sendrecv: turning them on and off is a replaceTrack and
 *   renegotiates nothing. A screen's direction is the truth about it, so the other side's `track`
 *   events are too.
 */
import { type Slot, slots } from "../events.ts";
import { lateImport } from "../late_import.ts";
import type { SenderRule } from "./sender_rules.ts";

/** The tracks a link should send; one map for all connections the link ever has. */
export type WantedTracks = ReadonlyMap<Slot, MediaStreamTrack | null>;

/** How pictures should go out, where anybody has said so; one map for all connections too. */
export type WantedRules = ReadonlyMap<Slot, SenderRule>;

interface LinkSlotsOptions {
  readonly connection: RTCPeerConnection;
  readonly wanted: WantedTracks;
  readonly rules: WantedRules;
  readonly createStream: () => MediaStream;
  /**
   * False for peers that never offer by themselves once connected: then there is no glare to
   * survive.
   */
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

/** Nobody needs this code before the first screen, or before a viewer has said what they see. */
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
  /**
   * The last track asked of each sender; `sender.track` lags behind while a replaceTrack waits its
   * turn.
   */
  readonly #given = new Map<RTCRtpSender, MediaStreamTrack | null>();
  #settled = false;

  constructor({ connection, wanted, rules, createStream, reusable }: LinkSlotsOptions) {
    this.#connection = connection;
    this.#wanted = wanted;
    this.#rules = rules;
    this.#reusable = reusable;
    this.#streams = [createStream(), createStream()];
  }

  /** The caller's first m-lines: one audio, one video, in this order, with a track or without. */
  prepare(): void {
    for (const slot of slots) {
      if (places[slot].index === 0) this.#append(slot, this.#wanted.get(slot) ?? null);
    }
  }

  /**
   * In have-remote-offer: fits the offer's transceivers before the answer, so that one round is
   * enough.
   */
  async adopt(): Promise<void> {
    await Promise.all(slots.map((slot) => this.#fit(slot)));
  }

  /** After a complete round: adds what had no place before. */
  settle(): void {
    this.#settled = true;
    for (const slot of slots) void this.#fit(slot);
  }

  /** Brings one slot in line with the wanted track. */
  change(slot: Slot): void {
    void this.#fit(slot);
  }

  /** What the other side sends in `slot` by the last complete round. */
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

  async #fit(slot: Slot): Promise<void> {
    const track = this.#wanted.get(slot) ?? null;
    const transceiver = this.#transceiver(slot);
    if (transceiver === undefined) {
      // Before the first round is complete the base m-lines are still on their way.
      if (track !== null && this.#settled) this.#append(slot, track);
      return;
    }
    const { sender } = transceiver;
    if (!this.#given.has(sender)) {
      // Made by the other side's offer.
      sender.setStreams?.(this.#stream(slot));
      this.#given.set(sender, sender.track);
    }
    const direction = places[slot].index === 0 || track !== null ? "sendrecv" : "recvonly";
    if (transceiver.direction !== direction) transceiver.direction = direction;
    if (this.#given.get(sender) !== track) await this.#give(sender, track);
    // After each round and each change, since what it is for may have changed.
    if (track !== null && (slot === "screen" || this.#rules.has(slot))) {
      void tune(sender, () => this.#rules.get(slot));
    }
  }

  async #give(sender: RTCRtpSender, track: MediaStreamTrack | null): Promise<void> {
    this.#given.set(sender, track);
    try {
      await sender.replaceTrack(track);
    } catch {
      // The track ended meanwhile, or the connection closed: the next change tries again.
      if (this.#given.get(sender) === track) this.#given.delete(sender);
    }
  }

  #append(slot: Slot, track: MediaStreamTrack | null): void {
    const stream = this.#stream(slot);
    if (track !== null && this.#reusable && this.#addTrackMakesANewOne(slot)) {
      this.#given.set(this.#connection.addTrack(track, stream), track);
      return;
    }
    const { sender } = this.#connection.addTransceiver(track ?? places[slot].kind, {
      direction: "sendrecv",
      streams: [stream],
    });
    this.#given.set(sender, track);
  }

  /**
   * addTrack takes over a sender that never sent; that would be the camera's while the camera is
   * off.
   */
  #addTrackMakesANewOne(slot: Slot): boolean {
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
