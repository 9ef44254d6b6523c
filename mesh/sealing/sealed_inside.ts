/** What a sealed room is made of: what it is given, and what its late parts need of it. */
import type { CloseReason, PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { WireEnds } from "../signaling/room_wire.ts";
import type { MemberSeal } from "./card.ts";
import type { OwnCertificate } from "./certificate.ts";
import type { OwnHello } from "./hello.ts";
import type { KeepIdentity } from "./identity.ts";
import type { RoomKeys } from "./room_keys.ts";
import type { RoomTrust } from "./room_trust.ts";
import type { PairMessage, SealedMember } from "./sealed_member.ts";

/** The inside of a SealedRoom. */
export interface SealedInside extends WireEnds {
  readonly own: () => OwnHello;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly trust: RoomTrust;
  /** Those of the present link. */
  readonly keys: () => RoomKeys;
  /** Those of an earlier link of this visit too; undefined: this page never had it. */
  readonly keysOf: (epoch: number) => RoomKeys | undefined;
  /** The seal of the own cards and notes. */
  readonly seal: () => MemberSeal;
  /** The own name. */
  readonly name: () => string;
  readonly member: (peerId: PeerId) => SealedMember | undefined;
  readonly members: () => Iterable<SealedMember>;
  /** The name of a member, or of this page; "?": it is not known. */
  readonly nameOf: (peerId: PeerId) => string;
  /** Sends a message to one member; `former`: with the keys of the former link. */
  readonly sendTo: (to: PeerId, message: PairMessage, how?: { former?: boolean }) => void;
  /** Does what seals and sends after all that was asked before; see SealedRoom. */
  readonly queue: (work: () => unknown) => Promise<unknown>;
  /** Ends the visit. */
  readonly end: (reason: CloseReason) => void;
  /** The link has another secret from now on. `by`: the owner who has changed it. */
  readonly adopt: (keys: RoomKeys, by: PeerId) => Promise<void>;
}

/** What a sealed room is opened with. */
export interface SealedRoomOptions extends WireEnds {
  readonly room: string;
  readonly secret: string;
  /** The id that this page has had before; undefined: it gets a new one. */
  readonly peerId: PeerId | undefined;
  readonly own: OwnCertificate;
  readonly keepIdentity: KeepIdentity | undefined;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly trust: RoomTrust;
  /** The server does not seal this room, or not with this secret. */
  readonly end: (reason: CloseReason) => void;
}
