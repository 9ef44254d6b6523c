// A model of all clients of a core: it knows who should see whom, and checks every effect of every
// step against the invariants at the top of signaling/core/core.ts.

import { assert, assertEquals, fail } from "../../assert.ts";
import type {
  Dialect,
  LateMessage,
  LateOwnershipMessage,
  OwnershipUpdate,
  PeerId,
  ServerMessage,
} from "../../../protocol/mod.ts";
import { step } from "../../../signaling/core/core.ts";
import { CoreState } from "../../../signaling/core/state.ts";
import { ChatModel } from "./chat_model.ts";
import { mayTakeOut, PowerModel } from "./power_model.ts";
import { MarksModel } from "./marks_model.ts";
import { RecordedRooms } from "./recorded_rooms.ts";
import { isMoveUpdate, MovesModel } from "./moves_model.ts";
import { type Client, newClient } from "./world_client.ts";
import { nothingReached, type Reached } from "./reached.ts";
import { SealedModel } from "./sealed_model.ts";
import type {
  Effect,
  Guess,
  Incoming,
  Input,
  Outgoing,
  SocketId,
} from "../../../signaling/core/core_types.ts";
import type { ChatHistory } from "../../../signaling/mod.ts";
import { coreOptions } from "./core_options.ts";
import { checkRing } from "./doorbell_model.ts";

export const capacity = 3;
export const rooms = ["a", "__proto__", "constructor"];

/** One core and its clients. Ids count up, the clock moves only by `tick`. */
export class World {
  core: CoreState;
  readonly chat: ChatModel;
  readonly sealed: SealedModel;
  readonly moves: MovesModel;
  readonly powers: PowerModel;
  readonly marks: MarksModel;
  readonly clients: Client[] = [];
  readonly tokens: string[] = [];
  readonly ownerKeys: string[] = [];
  readonly invites: string[] = [];
  readonly peerIds: PeerId[] = [];
  readonly letIns: (readonly [room: string, token: string])[] = [];
  readonly reached: Reached;
  now = 1_000;
  /** The epoch in the last welcome. */
  epoch = 0;
  /** When each away peer was lost, by room and id. */
  readonly #awaySince = new Map<string, number>();
  #steps = 0;
  readonly #records = new RecordedRooms(rooms);

  constructor(reached: Reached = nothingReached(), chatHistory: ChatHistory = "none") {
    this.reached = reached;
    this.chat = new ChatModel(chatHistory, reached);
    this.sealed = new SealedModel(reached);
    const options = coreOptions({ capacity, chatHistory });
    this.core = new CoreState(options);
    this.moves = new MovesModel(reached, options.tokens.resume);
    this.powers = new PowerModel(reached);
    this.marks = new MarksModel(this.chat, reached);
  }

  connect(dialect: Dialect = "parley", address?: string): SocketId {
    const socketId = this.clients.length;
    const peerId = `peer-${socketId}`;
    this.clients.push(newClient(dialect));
    this.peerIds.push(peerId);
    this.step({ kind: "connect", socketId, peerId, address, ...this.moment() });
    return socketId;
  }

  /** `guess`: the result for the password in a join. */
  say(socketId: SocketId, message: Incoming | undefined, guess?: Guess): Effect[] {
    const client = this.clients[socketId];
    if (client === undefined || !client.open) return [];
    const { dialect } = client;
    if (message?.type === "leave") client.waitsFor = undefined;
    if (message?.type === "join") client.asks = message;
    const leaving = message?.type === "leave" && client.room !== undefined;
    if (leaving) this.reached.leaves++;
    const { room, selfId } = client;
    this.chat.asked(message, { room, selfId });
    this.sealed.asked(client, message);
    this.moves.asked(client, message, this.now);
    this.marks.asked(message, selfId);
    const effects = this.#apply(
      {
        ...{ kind: "message", socketId, dialect, message, reason: "garbage", ...this.moment() },
        ...(guess === undefined ? {} : { guess }),
      },
      () => leaving && client.room === room && this.#forgetMembership(client),
    );
    return effects;
  }

  close(socketId: SocketId, code: number): void {
    const client = this.clients[socketId];
    if (client === undefined || !client.open) return;
    client.open = false;
    const resumable = [0, 1005, 1006].includes(code) && client.dialect === "parley";
    if (client.room !== undefined && resumable) {
      this.#awaySince.set(`${client.room}/${client.selfId}`, this.now);
    }
    this.#forgetMembership(client);
    this.step({ kind: "close", socketId, code, ...this.moment() });
  }

  tick(ms: number): void {
    this.now += ms;
    const before = rooms.map((room) => this.core.members(room));
    this.marks.asked(undefined, undefined);
    this.step({ kind: "tick", ...this.moment() });
    before.forEach((members, index) => {
      const room = rooms[index] ?? "";
      if (this.powers.hasEnded(room)) return;
      const after = new Set(this.core.members(room));
      for (const peerId of members.filter((peerId) => !after.has(peerId))) {
        const since = this.#awaySince.get(`${room}/${peerId}`) ?? fail(`${peerId} was not away`);
        assert(this.now - since >= 15_000, `${peerId} was removed before its grace was over`);
        this.reached.lost++;
      }
    });
  }

  /** All sockets are lost with their node, and another node continues the rooms. */
  moveHome(): void {
    for (const client of this.clients.filter(({ open }) => open)) {
      client.open = false;
      if (client.room !== undefined) {
        this.#awaySince.set(`${client.room}/${client.selfId}`, this.now);
      }
      this.#forgetMembership(client);
    }
    // Who was away has a new grace period.
    for (const room of rooms) {
      for (const peerId of this.core.members(room)) {
        this.#awaySince.set(`${room}/${peerId}`, this.now);
      }
      if (this.core.members(room).length > 0) this.reached.continued++;
    }
    this.core = this.#records.continue(this.core, this.moment());
    this.#check();
  }

  moment() {
    // No two rooms are opened in the same millisecond.
    return { now: this.now, at: this.now + ++this.#steps };
  }

  step(input: Input): Effect[] {
    return this.#apply(input, () => {});
  }

  /**
   * Applies the effects in order, as clients would, and then compares every view with the state.
   */
  #apply(input: Input, after: () => void): Effect[] {
    const effects = step(this.core, input);
    this.#records.write(this.core);
    for (const effect of effects) this.#see(effect, input);
    after();
    this.#check();
    return effects;
  }

  #see(effect: Effect, input: Input): void {
    if (effect.kind === "ring") return checkRing(this, effect);
    if (effect.kind === "publish") this.powers.published(effect);
    if (effect.kind !== "send" && effect.kind !== "close") return;
    const client = this.clients[effect.socketId] ?? fail("an effect for nobody");
    assert(client.open, "an effect for a closed socket");
    if (effect.kind === "send") return this.#receive(client, effect.message, input);
    client.open = false;
    this.sealed.closed(effect.reason);
    if (effect.reason === "replaced") this.reached.replaced++;
    if (effect.reason === "full") this.reached.full++;
    if (effect.reason === "locked") this.reached.locked++;
    if (effect.reason === "password") this.reached.passwords++;
    if (["kicked", "banned", "closed"].includes(effect.reason)) {
      assert(mayTakeOut(input, effect.reason), `taken out by ${input.kind}`);
      this.reached.takenOut++;
    }
    this.#forgetMembership(client);
  }

  #receive(client: Client, message: Outgoing, input: Input): void {
    if ("revision" in message && message.type !== "welcome") {
      assertEquals(message.revision, ++client.revision, "a gap in the revisions");
    }
    this.sealed.received(client, message);
    if (this.#receiveLate(client, message, input)) return;
    switch (message.type) {
      case "welcome":
        this.#welcomed(client, message);
        break;
      case "peer-joined":
        assert(!client.view.has(message.peer.peerId), "joined twice");
        assert(message.peer.peerId !== client.selfId, "sent its own peer-joined");
        client.view.add(message.peer.peerId);
        break;
      case "peer-left":
        assert(client.view.delete(message.peerId), "left without having joined");
        break;
      case "signal":
        this.#relayed(client, message.from, message.body);
        break;
      case "chat":
        assert(input.kind === "message", "chat out of nowhere");
        assert(
          client.view.has(message.line.from) || client.selfId === message.line.from,
          "a line from a stranger",
        );
        client.revision = this.chat.live(message.line, client);
        break;
      case "error":
        this.reached.refusals++;
        if (message.code === "not-owner") this.reached.notOwner++;
        break;
      case "peer-changed":
      case "peer-hello":
      case "peer-away":
      case "peer-back":
      case "peer-report":
        assert(
          client.view.has(message.peerId) || client.selfId === message.peerId,
          `${message.type} of a stranger`,
        );
        break;
      case "hands":
        client.hands = message.peerIds;
        if (message.peerIds.length > 1) this.reached.hands++;
        break;
      case "reaction":
        this.#reacted(client, { peerId: message.peerId, input });
        break;
      case "ice-servers":
      case "tick":
      case "note":
      case "door-changed":
        break;
      default:
        this.#hearOwners(client, message, input);
    }
  }

  /** Whether the message is one of those that pages parse late. */
  #receiveLate(
    client: Client,
    message: Outgoing,
    input: Input,
  ): message is Exclude<LateMessage, LateOwnershipMessage> {
    const asker = input.kind === "message" ? this.clients[input.socketId] : undefined;
    if (this.powers.received(client, message, { core: this.core, input, asker })) return true;
    if (isMoveUpdate(message)) {
      this.tokens.push(...this.moves.received(message, input, this.now));
      return true;
    }
    if (message.type !== "marks" && message.type !== "pinned") return false;
    this.marks.received(client, message);
    return true;
  }

  /** In these worlds a signal names its sender. */
  #relayed(client: Client, from: PeerId, said: string): void {
    this.reached.relays++;
    assert(client.view.has(from), "a signal from a stranger");
    assertEquals(said, from, "a signal with a false sender");
  }

  #hearOwners(client: Client, message: OwnershipUpdate, input: Input): void {
    switch (message.type) {
      case "rules":
        client.rules = message;
        break;
      case "owner-key":
        this.reached.ownerKeys++;
        this.ownerKeys.push(message.key);
        break;
      case "knocking":
        this.reached.knocks++;
        if (input.kind === "message" && this.clients[input.socketId] === client) {
          // A client that waits in a lobby has left the room it was in.
          this.#forgetMembership(client);
          client.waitsFor = input.message?.type === "join" ? input.message.room : undefined;
        }
        break;
      case "knocks":
        client.knocks = message.knocks;
        break;
      case "invites":
        this.invites.push(...message.invites.map(({ invite }) => invite));
        break;
      case "mute-request":
        this.reached.muteRequests++;
        assert(client.view.has(message.from), "asked by a stranger");
        break;
      default:
        message satisfies never;
    }
  }

  #reacted(client: Client, { peerId, input }: { peerId: PeerId; input: Input }): void {
    this.reached.reactions++;
    const sender = input.kind === "message" ? this.clients[input.socketId]?.selfId : undefined;
    assert(peerId === sender, "a reaction with a false sender");
    assert(client.view.has(peerId) || client.selfId === peerId, "a reaction of a stranger");
  }

  #welcomed(client: Client, message: ServerMessage & { type: "welcome" }): void {
    this.marks.forget(client);
    const ids = message.roster.map((peer) => peer.peerId);
    assert(!ids.includes(message.peerId), "a roster with its receiver");
    assertEquals(new Set(ids).size, ids.length, "a roster with a duplicate");
    if (message.resumed) this.reached.resumes++;
    else if (client.room !== undefined && client.room !== message.room) this.reached.moves++;
    else this.reached.joins++;
    if (client.waitsFor !== undefined) this.reached.admitted++;
    client.knocks = [];
    client.waitsFor = undefined;
    this.powers.welcomed(client);
    client.room = message.room;
    client.selfId = message.peerId;
    client.view = new Set(ids);
    client.hands = [];
    client.rules = undefined;
    client.knocks = [];
    client.revision = message.revision;
    this.chat.welcomed(message, client.asks?.resume);
    this.moves.welcomed(message, client.asks?.resume);
    this.epoch = message.epoch;
    this.#awaySince.delete(`${message.room}/${message.peerId}`);
    this.tokens.push(message.resumeToken);
    if (!this.peerIds.includes(message.peerId)) this.peerIds.push(message.peerId);
  }

  #forgetMembership(client: Client): void {
    this.sealed.forget(client);
    this.marks.forget(client);
    client.room = undefined;
    client.waitsFor = undefined;
    client.view = new Set();
    client.hands = [];
    client.rules = undefined;
    client.knocks = [];
  }

  #check(): void {
    let inhabited = 0;
    for (const room of rooms) {
      const members = this.core.members(room);
      if (members.length > 0) inhabited++;
      const rules = this.core.sentRules(room);
      const owners = rules?.owners ?? [];
      assert(members.length <= capacity + (owners.length > 0 ? 1 : 0), "more than places");
      const waiting = this.clients.filter((one) => one.open && one.waitsFor === room).length;
      for (const client of this.clients.filter((each) => each.open && each.room === room)) {
        const seen = [...client.view, client.selfId ?? ""].toSorted();
        assertEquals(seen, members.toSorted(), "a view differs from the members");
        assertEquals(client.hands, this.core.hands(room), "hands differ from what was told");
        assertEquals(client.rules, rules, "rules differ from what was told");
        const wanted = owners.includes(client.selfId ?? "") ? waiting : 0;
        assertEquals(client.knocks.length, wanted, "knocks differ from who waits");
        assert(owners.every((peerId) => members.includes(peerId)), "a stranger as owner");
        assert(client.hands.every((peerId) => members.includes(peerId)), "a stranger's hand");
      }
    }
    this.sealed.check(this.core, this.clients);
    this.powers.check(this.core, this.clients);
    this.marks.check(this.core);
    assertEquals(this.core.sizes().rooms, inhabited, "a room without members");
    assertEquals(this.core.sizes().sockets, this.clients.filter((each) => each.open).length);
  }

  /** All sockets close and all grace periods pass: nothing may be left. */
  end(): void {
    this.clients.forEach((_, socketId) => this.close(socketId, 1006));
    this.tick(15_000);
    this.tick(60_000);
    const { kept: _, ...held } = this.core.sizes();
    const nothing = {
      sockets: 0,
      newRooms: 0,
      rooms: 0,
      away: 0,
      pending: 0,
      waiting: 0,
      moves: 0,
    };
    assertEquals(held, nothing);
  }
}
