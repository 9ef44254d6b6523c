/**
 * Changes the link of a room after an owner has removed a member, who still knows the old one.
 * Invariants:
 * 1 The new secret goes only to members that are verified and not removed, sealed for each, and
 *   before the server is asked for its door: nobody has to come back to a door without a secret.
 * 2 A secret counts when the server says its door. So all members go the same way if two owners
 *   change the link at once; the other one changes it again.
 * 3 A page without the secret of the present door leaves when the keys of the former end.
 */
import type { DoorChanged, ErrorReply, PeerId, PeerLeft } from "../../protocol/mod.ts";
import { RoomKeys } from "./room_keys.ts";
import type { SealedInside } from "./sealed_inside.ts";
import { formerKeysMs, type PairMessage, type SealedMember } from "./sealed_member.ts";

interface Offer {
  readonly keys: RoomKeys;
  readonly by: PeerId;
  /** From whom it is kept. */
  readonly without: readonly PeerId[];
}

/** ms; the first wait before a new secret is sent again, each time twice as long. */
const againMs = 2_000;

/** The changes of one visit. */
export class LinkChange {
  readonly #inside: SealedInside;
  /** Those that this page has asked to remove. */
  readonly #removing = new Set<PeerId>();
  /** Those that are removed, and from whom a new secret is kept. */
  readonly #removed = new Set<PeerId>();
  /** Secrets that may follow, by their doors. */
  readonly #offers = new Map<string, Offer>();
  /** The door that this page has asked for, until the server answers. */
  #asked: string | undefined;
  /** The present one, as the server says. */
  #door: string | undefined;
  #cancelLeaving = () => {};
  #cancelTelling = () => {};

  constructor(inside: SealedInside) {
    this.#inside = inside;
  }

  willRemove(peerId: PeerId): void {
    this.#removing.add(peerId);
  }

  /** There is a new session. */
  async resume(door: string): Promise<void> {
    await this.#follow(door);
    // The answer may be lost, or the question.
    if (this.#asked !== undefined) await this.#offer();
  }

  async handleLeft({ peerId }: Pick<PeerLeft, "peerId">): Promise<void> {
    if (!this.#removing.delete(peerId)) return;
    this.#removed.add(peerId);
    await this.#offer();
  }

  async handleDoor({ door }: DoorChanged): Promise<void> {
    await this.#follow(door);
  }

  /** True: another owner was faster; this page changes the link that follows from that. */
  handleError({ code }: ErrorReply): boolean {
    if (code !== "door") return false;
    this.#asked = undefined;
    return true;
  }

  /** A member tells the secret that it has asked the server's door for. */
  async handlePairMessage(
    { peerId: by }: SealedMember,
    { secret, without = [] }: PairMessage,
  ): Promise<void> {
    const present = this.#inside.keys();
    const keys = secret === undefined ? undefined : await RoomKeys.of(secret, present.room);
    if (keys === undefined || keys.epoch <= present.epoch) return;
    const door = await keys.door();
    this.#offers.set(door, { keys, by, without });
    if (door === this.#door) await this.#follow(door);
  }

  close(): void {
    this.#cancelLeaving();
    this.#cancelTelling();
  }

  /** Takes the secret of the server's door, or waits for it. */
  async #follow(door: string): Promise<void> {
    const { clock, keys, own, member, adopt } = this.#inside;
    this.#door = door;
    this.#cancelLeaving();
    if (door === await keys().door()) return;
    const offer = this.#offers.get(door);
    if (offer === undefined) {
      this.#cancelLeaving = clock.after(formerKeysMs, () => void this.#leave(door));
      return;
    }
    this.#offers.clear();
    this.#asked = undefined;
    for (const peerId of offer.without) member(peerId)?.banish();
    await adopt(offer.keys, offer.by);
    if (offer.by === own().id) this.#tell(offer, againMs);
    // Whom this page has removed meanwhile may know that secret.
    const isKnown = [...this.#removed].every((peerId) => offer.without.includes(peerId));
    if (!isKnown) await this.#offer();
  }

  async #leave(door: string): Promise<void> {
    const { keys, end } = this.#inside;
    if (door !== await keys().door()) end("link-changed");
  }

  async #offer(): Promise<void> {
    const { keys: present, own, transmit, queue } = this.#inside;
    const from = await present().door();
    const keys = await RoomKeys.of(present().next(), present().room);
    if (keys === undefined) return;
    const to = await keys.door();
    const offer = { keys, by: own().id, without: [...this.#removed] };
    this.#offers.set(to, offer);
    this.#asked = to;
    this.#send(offer, { former: false });
    await queue(() => transmit({ type: "change-door", from, to }));
  }

  /** Sends it again to those who still seal with the former keys: their sockets were lost. */
  #tell(offer: Offer, wait: number): void {
    this.#cancelTelling();
    if (wait >= formerKeysMs) return;
    this.#cancelTelling = this.#inside.clock.after(wait, () => {
      this.#send(offer, { former: true });
      this.#tell(offer, 2 * wait);
    });
  }

  #send({ keys, without }: Offer, { former }: { readonly former: boolean }): void {
    const { members, trust, sendTo } = this.#inside;
    for (const { peerId, isCurrent } of members()) {
      const isTold = trust.of(peerId).kind === "verified" && !without.includes(peerId);
      if (isTold && isCurrent !== former) {
        sendTo(peerId, { secret: keys.secret, without }, { former });
      }
    }
  }
}
