// What members of sealed rooms were sent, against what each of them last said of itself, and the
// door of every room.

import { assert, assertEquals, fail } from "../../assert.ts";
import {
  type Join,
  type PeerChanged,
  type PeerId,
  type Rules,
  type SealedPeer,
  silentState,
  type Welcome,
} from "../../../protocol/mod.ts";
import type { Incoming, Outgoing } from "../../../signaling/core/core_types.ts";
import type { CoreState } from "../../../signaling/core/state.ts";

/** A client of the world, as far as this model needs it. */
interface Listener {
  readonly open: boolean;
  readonly room: string | undefined;
  readonly waitsFor: string | undefined;
  readonly selfId: PeerId | undefined;
  readonly view: ReadonlySet<PeerId>;
  readonly rules: Rules | undefined;
  /** Its last join, whose answer may wait for an owner. */
  readonly asks?: Join | undefined;
}

/** What a member of a sealed room was sent. */
interface SealedView {
  door: string;
  readonly texts: Map<PeerId, SealedPeer>;
}

interface Count {
  sealedJoins: number;
  sealedResumes: number;
  sealed: number;
  unsealed: number;
  linkChanged: number;
  cards: number;
  hellos: number;
  sealedLines: number;
  notes: number;
  doors: number;
  lateDoors: number;
  sealedKnocks: number;
  /** Resumed with the link from before it changed. */
  oldLinks: number;
  takenIds: number;
}

export class SealedModel {
  readonly #reached: Count;
  readonly #views = new Map<Listener, SealedView>();
  /** What a member last said of itself, by room and id. */
  readonly #said = new Map<string, SealedPeer>();
  /** The door of each room that has members; undefined: it is open. */
  readonly #doors = new Map<string, string | undefined>();
  /** The doors that owners have set. */
  readonly #kept = new Map<string, string>();
  #asker: Listener | undefined;
  #message: Incoming | undefined;

  constructor(reached: Count) {
    this.#reached = reached;
  }

  /** A client sends a message. */
  asked(client: Listener, message: Incoming | undefined): void {
    this.#asker = client;
    this.#message = message;
  }

  /** The door that lets newcomers in, as far as it is decided. */
  doorOf(room: string): string | undefined {
    return this.#doors.get(room) ?? this.#kept.get(room);
  }

  /** Whether a room is sealed; undefined: it is not decided. */
  isSealed(room: string): boolean | undefined {
    return this.#doors.has(room) || this.#kept.has(room)
      ? this.doorOf(room) !== undefined
      : undefined;
  }

  /** A client's membership has ended. */
  forget(client: Listener): void {
    this.#views.delete(client);
  }

  /** A socket was closed by the server. */
  closed(reason: string): void {
    if (reason === "sealed") this.#reached.sealed++;
    if (reason === "unsealed") this.#reached.unsealed++;
    if (reason === "state-gap") this.#reached.takenIds++;
    if (reason === "link-changed") this.#reached.linkChanged++;
  }

  /** A client was sent a message; before the world has taken note of it. */
  received(client: Listener, message: Outgoing): void {
    if (message.type === "welcome") return this.#welcomed(client, message);
    const view = this.#views.get(client);
    const isSealed = view !== undefined;
    switch (message.type) {
      case "peer-joined":
        this.#fits(message.peer, isSealed);
        if (message.peer.sealed !== undefined) {
          view?.texts.set(message.peer.peerId, message.peer.sealed);
        }
        break;
      case "peer-left":
        view?.texts.delete(message.peerId);
        break;
      case "peer-changed":
        this.#changed(message, view);
        break;
      case "peer-hello": {
        const { peerId, hello, card } = message;
        assert(["join", "hello"].includes(this.#message?.type ?? ""), "a hello out of nowhere");
        this.#reached.hellos++;
        (view ?? fail("a hello in an open room")).texts.set(peerId, { hello, card });
        break;
      }
      case "note":
        assert(isSealed && client.view.has(message.from), "a note of a stranger");
        assert(message.from === this.#asker?.selfId, "a note with a false sender");
        this.#reached.notes++;
        break;
      case "door-changed":
        this.#doorChanged(client, message);
        break;
      case "chat":
        assertEquals(message.line.name === "", isSealed, "a line of the other kind");
        if (isSealed) this.#reached.sealedLines++;
        break;
      case "knocks":
        for (const knock of message.knocks) this.#fits(knock, isSealed);
        if (isSealed) this.#reached.sealedKnocks += message.knocks.length;
        break;
      case "hands":
      case "reaction":
      case "peer-report":
        assert(!isSealed, `${message.type} in a sealed room`);
        break;
      case "error":
        if (message.code === "door") this.#reached.lateDoors++;
        if (client === this.#asker) this.#message = undefined;
    }
  }

  /** After each step: compares what everybody knows. */
  check(core: CoreState, clients: readonly Listener[]): void {
    this.#believe();
    for (const room of this.#doors.keys()) {
      if (core.members(room).length === 0) this.#doors.delete(room);
    }
    const pending = new Set(
      [...core.pendingChanges].map(({ room, peerId }) => keyOf(room.name, peerId)),
    );
    for (const client of clients) {
      if (!client.open) continue;
      const { room, waitsFor, asks } = client;
      if (waitsFor !== undefined && this.#doors.has(waitsFor)) {
        assertEquals(asks?.sealed?.door, this.#doors.get(waitsFor), "it waits in vain");
      }
      if (room === undefined) continue;
      const view = this.#views.get(client);
      assertEquals(view?.door, this.#doors.get(room), "another door than the room's");
      for (const [peerId, { hello, card }] of view?.texts ?? []) {
        const said = this.#said.get(keyOf(room, peerId)) ?? fail("nobody said so");
        assertEquals(hello, said.hello, "an old hello");
        if (!pending.has(keyOf(room, peerId))) assertEquals(card, said.card, "an old card");
      }
    }
  }

  /** What the asker said of itself, if it was not refused. */
  #believe(): void {
    const { room, selfId } = this.#asker ?? {};
    const message = this.#message;
    this.#message = undefined;
    if (room === undefined || selfId === undefined) return;
    if (message?.type !== "card" && message?.type !== "hello") return;
    const key = keyOf(room, selfId);
    const said = this.#said.get(key);
    if (said === undefined) return;
    const { card } = message;
    this.#said.set(key, { hello: "hello" in message ? message.hello : said.hello, card });
  }

  #welcomed(client: Listener, message: Welcome): void {
    const { room, door, roster, resumed, peerId, name } = message;
    const sealed = client.asks?.sealed;
    assertEquals(door !== undefined, sealed !== undefined, "a welcome of the other kind");
    this.#fits({ name, sealed }, sealed !== undefined);
    if (sealed === undefined) assert(peerId.startsWith("peer-"), "a chosen id in an open room");
    for (const peer of roster) this.#fits(peer, sealed !== undefined);
    if (!resumed) assertEquals(sealed?.door, door, "a newcomer with another link");
    if (this.#doors.has(room)) assertEquals(door, this.#doors.get(room), "not the room's door");
    else if (this.#kept.has(room)) assertEquals(door, this.#kept.get(room), "not the kept door");
    this.#doors.set(room, door);
    this.#views.delete(client);
    if (door === undefined || sealed === undefined) return;
    if (sealed.door !== door) this.#reached.oldLinks++;
    if (resumed) this.#reached.sealedResumes++;
    else this.#reached.sealedJoins++;
    const { hello, card } = sealed;
    this.#said.set(keyOf(room, peerId), { hello, card });
    const texts = roster.map((peer) => [peer.peerId, peer.sealed ?? fail("no texts")] as const);
    this.#views.set(client, { door, texts: new Map(texts) });
  }

  #changed(
    { peerId, card, name, state }: PeerChanged,
    view: SealedView | undefined,
  ): void {
    assertEquals([card !== undefined, name === ""], [view !== undefined, view !== undefined]);
    if (card === undefined) return;
    assertEquals(state, silentState);
    this.#reached.cards++;
    const known = view?.texts.get(peerId);
    if (known !== undefined) view?.texts.set(peerId, { ...known, card });
  }

  #doorChanged(client: Listener, { by, door }: Outgoing & { type: "door-changed" }): void {
    const view = this.#views.get(client) ?? fail("a door in an open room");
    const message = this.#message;
    assert(message?.type === "change-door", "a new door out of nowhere");
    assertEquals([door, view.door], [message.to, message.from]);
    assert(by === this.#asker?.selfId, "a new door of another");
    assert(client.rules?.owners.includes(by), "a new door by a stranger");
    this.#reached.doors++;
    view.door = door;
    const { room = "" } = client;
    this.#doors.set(room, door);
    this.#kept.set(room, door);
  }

  /** A person has either a name or sealed texts, as its room has. */
  #fits(
    { name, sealed }: { readonly name: string; readonly sealed?: SealedPeer | undefined },
    isSealed: boolean,
  ): void {
    assertEquals([name === "", sealed !== undefined], [isSealed, isSealed], "of the other kind");
  }
}

function keyOf(room: string, peerId: PeerId): string {
  return `${room} ${peerId}`;
}
