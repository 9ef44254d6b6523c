/** What must be true when all faults have ended and enough time has passed. */
import { assert, assertEquals } from "../assert.ts";
import type { Expectation } from "./faults.ts";
import type { SimClient } from "./sim_client.ts";
import { roomNames, type SimWorld } from "./sim_world.ts";

/** Why the server may end a visit for good. */
const endings: ReadonlySet<unknown> = new Set([
  ...["kicked", "banned", "closed", "locked", "refused", "full"],
  undefined,
]);

/** Everybody who was in a room, or on the way into one, is in it again. */
export function checkBack(world: SimWorld): void {
  for (const { name, isVisiting, isJoined, watch } of world.clients) {
    assert(!isVisiting || isJoined || watch.isKnocking, `${name} is not back`);
  }
}

/** All who are in a room see the same, and everything they should. */
export function checkQuiet(world: SimWorld, { isWhole }: Expectation): void {
  const byRoom = Map.groupBy(
    world.clients.filter(({ isVisiting }) => isVisiting),
    ({ watch }) => watch.roomName,
  );
  for (const { name, ended } of world.clients) {
    assert(endings.has(ended), `${name} was thrown out: ${ended}`);
  }
  for (const [room, clients] of byRoom) checkRoom(world, { room, clients, isWhole });
}

interface OneRoom {
  readonly room: string;
  readonly clients: readonly SimClient[];
  readonly isWhole: boolean;
}

function checkRoom(world: SimWorld, { room, clients, isWhole }: OneRoom): void {
  const inside = clients.filter(({ isJoined }) => isJoined);
  const hasOwner = inside.some(({ watch }) => watch.isOwner);
  for (const { name, watch, isJoined, session } of clients) {
    if (isJoined) continue;
    assert(watch.isKnocking && !hasOwner, `${name} is ${session.state.kind}, not in ${room}`);
  }
  for (const client of inside) checkView(client, inside);
  for (const client of inside) {
    const { name, watch, lines, waiting } = client;
    assertEquals([...waiting], [], `${name} has lines that wait`);
    client.checkOrder();
    for (const { ref, id } of world.room(room).keptLines(watch.epoch)) {
      if (!watch.mayRead(watch.epoch, id)) continue;
      assert(lines.has(ref), `${name} misses the line ${ref} at ${id} in ${room}`);
    }
  }
  if (isWhole) checkTexts(inside);
}

function checkView(client: SimClient, inside: readonly SimClient[]): void {
  const { name, session, watch } = client;
  const others = inside.filter((other) => other !== client);
  const [first = client] = inside;
  const told = session.roster.peers.map(({ peerId, name, state, away }) => {
    return { peerId, name, state, away };
  });
  const real = others.map((other) => {
    const { name, state } = other.session.presence;
    return { peerId: other.watch.selfId ?? "", name, state, away: false };
  });
  const byId = (a: { peerId: string }, b: { peerId: string }) => a.peerId < b.peerId ? -1 : 1;
  assertEquals(told.toSorted(byId), real.toSorted(byId), `the roster of ${name}`);
  assertEquals([...watch.view].toSorted(), real.map(({ peerId }) => peerId).toSorted());
  assertEquals(watch.epoch, first.watch.epoch, `the epoch of ${name}`);
  assertEquals(watch.revision, first.watch.revision, `the revision of ${name}`);
  assertEquals(watch.rules, first.watch.rules, `the rules of ${name}`);
  assertEquals(watch.hands, first.watch.hands, `the hands of ${name}`);
  const raised = inside.filter((each) => each.session.presence.state.hand);
  assertEquals(watch.hands.toSorted(), raised.map(({ watch }) => watch.selfId ?? "").toSorted());
}

/** Changes of lines have reached everybody. */
function checkTexts(inside: readonly SimClient[]): void {
  const texts = new Map<string, string | null>();
  for (const { name, lines, watch } of inside) {
    for (const [ref, { line: { text, id, from, to }, epoch }] of lines) {
      // A private line may be for who this person was before.
      const isOwn = to === undefined || [from, to.peerId].includes(watch.selfId ?? "");
      if (!isOwn || !watch.mayRead(epoch, id)) continue;
      // Sent again by somebody who is another peer now, it is another line to who has the first.
      const key = `${ref} of ${from}`;
      assertEquals(text, texts.get(key) ?? text, `the text of ${key} at ${name}`);
      texts.set(key, text);
    }
  }
}

/** Nobody is left, and all time is over: nothing is left either. */
export function checkEmpty(world: SimWorld, timers: readonly number[]): void {
  for (const name of world.store.state.rooms()) {
    const fields = [...world.store.state.read(name)?.keys() ?? []];
    assertEquals(fields, ["kept"], `the record of ${name}`);
  }
  for (const room of roomNames) {
    assertEquals(world.store.state.holderOf(room), undefined, `the lease of ${room}`);
  }
  world.nodes.forEach((node, index) => {
    const wanted = timers[index] ?? 0;
    assertEquals(node.process.timers - node.store.unanswered, wanted, `the timers of ${node.id}`);
    const nothing = { rooms: 0, peers: 0, sockets: 0, faults: 0 };
    assertEquals(node.counts(), nothing, `what ${node.id} counts`);
  });
}
