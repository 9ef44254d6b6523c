/**
 * Changes the link of a room after an owner has removed a member, who still knows the old one.
 * Invariants:
 * 1 The new secret goes only to members that are verified and not removed, sealed for each.
 * 2 Of two owners who change the link at once, the server lets one; the other changes it again.
 */
import type { DoorChanged, ErrorReply, PeerId, PeerLeft } from "../../protocol/mod.ts";
import { RoomKeys } from "./room_keys.ts";
import type { SealedInside } from "./sealed_inside.ts";
import type { PairMessage, SealedMember } from "./sealed_member.ts";

/** The changes of one visit. */
export class LinkChange {
  readonly #inside: SealedInside;
  /** Those that this page has asked to remove. */
  readonly #removing = new Set<PeerId>();
  /** Those that are removed, and from whom a new secret is kept. */
  readonly #removed = new Set<PeerId>();
  /** The keys that this page offers, until the server answers. */
  #offered: RoomKeys | undefined;

  constructor(inside: SealedInside) {
    this.#inside = inside;
  }

  willRemove(peerId: PeerId): void {
    this.#removing.add(peerId);
  }

  /** There is a new session: an answer may be lost. */
  resume(): void {
    if (this.#offered !== undefined) void this.#offer();
  }

  async handleLeft({ peerId }: Pick<PeerLeft, "peerId">): Promise<void> {
    if (!this.#removing.delete(peerId)) return;
    this.#removed.add(peerId);
    this.#offered = undefined;
    await this.#offer();
  }

  async handleDoor({ by, door }: DoorChanged): Promise<void> {
    const { own, members, trust, adopt, sendTo } = this.#inside;
    const keys = this.#offered;
    if (keys === undefined || await keys.door() !== door || by !== own().id) return;
    this.#offered = undefined;
    const without = [...this.#removed];
    const told = [...members()].filter(({ peerId }) =>
      trust.of(peerId).kind === "verified" && !this.#removed.has(peerId)
    );
    await adopt(keys, by);
    for (const { peerId } of told) {
      sendTo(peerId, { secret: keys.secret, without }, { former: true });
    }
  }

  /** True: another owner was faster, and sends its secret; this page changes that one then. */
  handleError({ code }: ErrorReply): Promise<boolean> {
    if (code !== "door") return Promise.resolve(false);
    this.#offered = undefined;
    return Promise.resolve(true);
  }

  /** A member has changed the link. */
  async handlePairMessage(
    { peerId: by }: SealedMember,
    { secret, without = [] }: PairMessage,
  ): Promise<void> {
    const { keys: present, adopt, member } = this.#inside;
    const keys = secret === undefined ? undefined : await RoomKeys.of(secret, present().room);
    if (keys === undefined || keys.epoch <= present().epoch) return;
    for (const peerId of without) member(peerId)?.banish();
    await adopt(keys, by);
    // Whom this page has removed meanwhile may know that secret.
    const isKnown = [...this.#removed].every((peerId) => without.includes(peerId));
    if (!isKnown) await this.#offer();
  }

  async #offer(): Promise<void> {
    const { keys, transmit } = this.#inside;
    const { room } = keys();
    const next = this.#offered ?? await RoomKeys.of(keys().next(), room);
    if (next === undefined) return;
    this.#offered = next;
    const [from, to] = await Promise.all([keys().door(), next.door()]);
    transmit({ type: "change-door", from, to });
  }
}
