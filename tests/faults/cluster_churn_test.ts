// Many rooms over three nodes behind nginx, whose members come, go and lose their sockets.

import { assertEquals } from "../assert.ts";
import { type Cluster, startCluster, waitFor } from "../rig/mod.ts";
import { isLong } from "../seeds.ts";
import { Member } from "./cluster_member.ts";

const roomSize = 8;
const members = isLong ? 2_000 : 160;
/** How often each seat of a room does something. */
const turns = isLong ? 6 : 4;

/** What somebody does in a turn, by chance: half of them write only. */
const deeds = ["write", "write", "lose", "leave"] as const;

/** One room: its seats are taken all the time, by changing people. */
class ChurningRoom implements Disposable {
  readonly #cluster: Cluster;
  readonly #name: string;
  readonly #seats: Member[] = [];
  #people = 0;

  constructor(cluster: Cluster, name: string) {
    this.#cluster = cluster;
    this.#name = name;
  }

  async fill(): Promise<void> {
    for (let seat = 0; seat < roomSize; seat++) await this.#sit(seat);
  }

  /** Everybody in the room does something. */
  async turn(): Promise<void> {
    await Promise.all(this.#seats.map(async (member, seat) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_000));
      const deed = deeds[Math.floor(Math.random() * deeds.length)];
      if (deed === "write") return member.write();
      if (deed === "lose") {
        member.loseSocket();
        return await member.isBack();
      }
      member[Symbol.dispose]();
      await this.#sit(seat);
    }));
  }

  /** Resolves when each one sees exactly the others; fails if anything was told twice. */
  async check(): Promise<void> {
    const names = this.#seats.map(({ name }) => name).toSorted();
    await waitFor(() => this.#seats.every((member) => this.#views(member) === names.join()), {
      what: `everybody in ${this.#name} to see everybody`,
      timeout: 60_000,
    });
    for (const member of this.#seats) member.write();
    const last = this.#seats.map(({ written }) => written.at(-1) ?? "");
    await waitFor(
      () => this.#seats.every(({ lines }) => last.every((text) => lines.includes(text))),
      { what: `everybody in ${this.#name} to hear everybody`, timeout: 60_000 },
    );
    for (const { lines, news, name, doubled } of this.#seats) {
      assertEquals(doubled, [], name);
      assertEquals(lines.length, new Set(lines).size, `a line twice at ${name}`);
      // Nobody comes twice, so nobody may be announced or end twice.
      assertEquals(news.length, new Set(news).size, `told twice to ${name}: ${news}`);
      assertEquals(news.includes("is another"), false, name);
    }
  }

  [Symbol.dispose](): void {
    for (const member of this.#seats) member[Symbol.dispose]();
  }

  async #sit(seat: number): Promise<void> {
    const name = `p${this.#people++}`;
    this.#seats[seat] = await Member.join(this.#cluster, { name, room: this.#name });
  }

  #views(member: Member): string {
    const others = member.others.map(({ name, away }) => away ? `${name} away` : name);
    return [member.name, ...others].toSorted().join();
  }
}

/** In some rooms at a time: the queue of a listener is short. */
async function inRooms(
  rooms: readonly ChurningRoom[],
  work: (room: ChurningRoom) => Promise<void>,
): Promise<void> {
  const left = [...rooms];
  const lane = async () => {
    for (let room = left.shift(); room !== undefined; room = left.shift()) await work(room);
  };
  await Promise.all(Array.from({ length: 50 }, lane));
}

Deno.test(`${members} people come, go and lose their sockets over three nodes: every view is right`, async () => {
  // Somebody who comes may overtake somebody who goes, on the way over another node.
  await using cluster = await startCluster({ args: ["--room-capacity", "16"] });
  using stack = new DisposableStack();
  const rooms = Array.from(
    { length: members / roomSize },
    (_, number) => stack.use(new ChurningRoom(cluster, `room-${number}`)),
  );
  await inRooms(rooms, (room) => room.fill());
  for (let turn = 0; turn < turns; turn++) {
    await Promise.all(rooms.map((room) => room.turn()));
  }
  await inRooms(rooms, (room) => room.check());
  const healths = await Promise.all(cluster.nodes.map((node) => node.health()));
  assertEquals(healths.map(({ faults }) => faults), [0, 0, 0]);
  const sum = (read: (health: typeof healths[0]) => number) =>
    healths.reduce((total, health) => total + read(health), 0);
  assertEquals(sum(({ cluster }) => cluster.homes), rooms.length);
  assertEquals(sum(({ peers }) => peers), members);
  assertEquals(sum(({ sockets }) => sockets), members);
});
