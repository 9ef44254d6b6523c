/**
 * The other members of a room, from the messages of the server and of the peers. Invariants:
 * 1 There is one object per peer, in join order, while the server says that the peer is in the
 *   room, even without a link. A peer that the server has lost, or does not know after a restart,
 *   stays while its link lives, one minute at most.
 * 2 A newcomer calls every member; members wait for the call. So joins cause no glare.
 * 3 While a peer is away, what it sent directly is newer than what the server says about it.
 */
import type {
  Peer,
  PeerId,
  PeerLeft,
  Rename,
  ServerMessage,
  SetState,
  Welcome,
} from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import { Emitter } from "../emitter.ts";
import type { RosterEvent } from "../events.ts";
import { isSameState } from "./own_presence.ts";

/** Messages of the server about one member. */
export type MemberMessage = Extract<
  ServerMessage,
  { type: "peer-joined" | "peer-left" | "peer-changed" | "peer-away" | "peer-back" }
>;

/** `flows`: media can be sent and received. `heals`: the link is lost, but may recover. */
export type LinkLife = "none" | "heals" | "flows";

/** What the roster does with the links to the members; a client without media has none. */
export interface MemberLinks {
  /** Whether the link to a peer lives. */
  lifeOf(peerId: PeerId): LinkLife;
  /**
   * There are new ICE servers; the members of the same welcome follow. `isForgotten`: the server
   * no longer knew this person, so its relay has ended what it did for them.
   */
  configure(isForgotten: boolean): void;
  /** Makes the link to a new member, which waits for a call. */
  add(peer: Peer): void;
  /** Calls a member. */
  call(peerId: PeerId): void;
  /**
   * A new link instead of the old one, and a call: this person is a newcomer to that peer again.
   */
  replace(peer: Peer): void;
  /** The peer can be reached again by the server. */
  resume(peerId: PeerId): void;
  /** The member has left: closes its link. */
  remove(peerId: PeerId): void;
  /** The visit is over: closes every link. */
  reset(): void;
}

interface Member {
  peer: Peer;
  /** It has sent its name or state directly. */
  isDirect: boolean;
  /** Ends the wait for a peer that the restarted server has not seen again yet. */
  giveUp?: (() => void) | undefined;
}

/** ms; longer than any client waits between two tries to reach the server. */
const returnMs = 60_000;

/** Who else is in the room. */
export class Roster extends Emitter<RosterEvent> {
  /** The own id by the last welcome. */
  selfId: PeerId = "";
  readonly #clock: Clock;
  readonly #members = new Map<PeerId, Member>();
  #links: MemberLinks | undefined;

  constructor(clock: Clock) {
    super();
    this.#clock = clock;
  }

  /** The others, in join order. */
  get peers(): readonly Peer[] {
    return [...this.#members.values()].map(({ peer }) => peer);
  }

  /** A member by its id. */
  find(peerId: PeerId): Peer | undefined {
    return this.#members.get(peerId)?.peer;
  }

  /** From now on each member has a link. */
  attach(links: MemberLinks): void {
    this.#links = links;
  }

  /**
   * Brings the members in line with a new roster. If the server has forgotten this person or the
   * others, their links know nothing of it: those that live are kept, unless this person has
   * another id now.
   */
  handleWelcome(welcome: Welcome, { sameLife }: { readonly sameLife: boolean }): void {
    const { peerId, roster, resumed } = welcome;
    const same = peerId === this.selfId;
    this.selfId = peerId;
    this.#links?.configure(!resumed);
    const present = new Set(roster.map((peer) => peer.peerId));
    for (const member of [...this.#members.values()]) {
      if (present.has(member.peer.peerId)) continue;
      const life = this.#lifeOf(member);
      if (same && (life === "flows" || (life === "heals" && !sameLife))) this.#await(member);
      else this.#remove(member, "lost");
    }
    for (const peer of roster) {
      const member = this.#members.get(peer.peerId);
      // A reloaded page resumes its session with an empty roster, so it calls the members.
      if (member === undefined) this.#add(peer, { calling: !resumed || !same });
      else if (resumed || (same && this.#lifeOf(member) !== "none")) this.#returned(member, peer);
      else {
        this.#update(member, peer);
        this.#links?.replace(peer);
      }
    }
  }

  /** Handles a message of the server about one member. */
  handle(message: MemberMessage): void {
    const isJoin = message.type === "peer-joined";
    const member = this.#members.get(isJoin ? message.peer.peerId : message.peerId);
    if (member === undefined) {
      return isJoin ? this.#add(message.peer, { calling: false }) : undefined;
    }
    switch (message.type) {
      case "peer-joined":
        // Back after a restart: its link is as it was, or it calls with a new connection, which the
        // link finds out itself.
        return this.#returned(member, message.peer);
      case "peer-left":
        // A peer that only the server has lost stays as long as its link lives.
        if (message.reason === "lost" && this.#lifeOf(member) === "flows") this.#await(member);
        else this.#remove(member, message.reason);
        return;
      case "peer-changed":
        member.isDirect = false;
        return this.#update(member, { name: message.name, state: message.state });
      case "peer-away":
        return this.#update(member, { away: true });
      case "peer-back":
        this.#update(member, { away: false });
        return this.#links?.resume(message.peerId);
      default:
        return message satisfies never;
    }
  }

  /** A peer has sent its name or state directly. */
  handleDirect(peerId: PeerId, { type: _type, ...part }: SetState | Rename): void {
    const member = this.#members.get(peerId);
    if (member === undefined) return;
    member.isDirect = true;
    this.#update(member, part);
  }

  /** The link is lost: a peer that stayed for the sake of its link goes. */
  handleLinkLoss(peerId: PeerId): void {
    const member = this.#members.get(peerId);
    if (member?.giveUp !== undefined) this.#remove(member, "lost");
  }

  /** The visit is over: forgets everybody, without an event. */
  reset(): void {
    for (const { giveUp } of this.#members.values()) giveUp?.();
    this.#members.clear();
    this.selfId = "";
    this.#links?.reset();
  }

  #lifeOf({ peer }: Member): LinkLife {
    return this.#links?.lifeOf(peer.peerId) ?? "none";
  }

  #add(peer: Peer, { calling }: { readonly calling: boolean }): void {
    this.#members.set(peer.peerId, { peer, isDirect: false });
    this.#links?.add(peer);
    this.emit({ type: "peer-joined", peer });
    if (calling) this.#links?.call(peer.peerId);
  }

  #returned(member: Member, peer: Peer): void {
    member.giveUp?.();
    member.giveUp = undefined;
    const { name, state } = member.isDirect && peer.away ? member.peer : peer;
    member.isDirect &&= peer.away;
    this.#update(member, { ...peer, name, state });
    this.#links?.resume(peer.peerId);
  }

  /** Keeps a peer that is not in the server's roster but has a living link: away, for a minute. */
  #await(member: Member): void {
    if (member.giveUp !== undefined) return;
    member.giveUp = this.#clock.after(returnMs, () => this.#remove(member, "lost"));
    this.#update(member, { away: true });
  }

  #remove(member: Member, reason: PeerLeft["reason"]): void {
    const { peer: { peerId }, giveUp } = member;
    giveUp?.();
    this.#links?.remove(peerId);
    this.#members.delete(peerId);
    this.emit({ type: "peer-left", peer: member.peer, reason });
  }

  #update(member: Member, part: Partial<Peer>): void {
    const peer = { ...member.peer, ...part };
    if (isSame(member.peer, peer)) return;
    member.peer = peer;
    this.emit({ type: "peer-changed", peer });
  }
}

function isSame(one: Peer, other: Peer): boolean {
  return one.name === other.name && one.away === other.away && isSameState(one.state, other.state);
}
