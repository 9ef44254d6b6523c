/**
 * What the server costs, compared with a minimal relay on the same WebSockets and with other
 * servers. CPU time is that of the server's process, so clients on the same cores do not distort
 * it. Loopback only.
 */
import { type Contender, startOthers, startParley, startRaw } from "./contenders.ts";
import { emptyRooms, fillRooms, LoadClient } from "./load.ts";
import {
  compared,
  cpuSeconds,
  median,
  pause,
  quantile,
  residentBytes,
  type Row,
} from "./measure.ts";
import { SilentReader } from "./silent_reader.ts";

const rounds = 3;
/** Under the burst of 1,600 signals and of 10 lines that a client may send at once. */
const signals = 780;
/** Sent at once to one client: with 780 signals of 3 kB it would look like a stalled reader. */
const slice = 65;
const lines = 10;

type LogLine = (line: string) => void;

/** Measures relays, chat, joins, churn and a stalled reader. */
export async function benchServer(log: LogLine): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  const parley = stack.use(await startParley());
  const raw = stack.use(await startRaw());
  const others = await startOthers(log);
  for (const other of others) stack.use(other);
  const all = [parley, raw, ...others];
  const rows: Row[] = [];
  const add = (row: Row) => rows.push(row);
  for (const [bytes, goal] of [[3_000, 0.75], [200, 1]] as const) {
    log(`relays of ${bytes} B …`);
    add(await relays(all, bytes, goal));
    add(await pacedRelays(all, bytes));
  }
  const texters = all.filter(({ format }) => format.chat !== undefined);
  for (const members of [10, 16]) {
    log(`lines in rooms of ${members} …`);
    rows.push(...await broadcasts(texters, members));
  }
  // Their members are told who joins and leaves.
  const tellers = all.filter(({ format }) => format.tells);
  log("joins …");
  rows.push(...await joins(tellers), ...await joinDelays(tellers));
  log("300 joins and leaves a second …");
  add(await churn(parley));
  log("a reader that stalls …");
  add(await stalled([parley, raw]));
  return rows;
}

/** The median of several rounds in turns; the first one warms up and is not counted. */
async function inTurns(
  contenders: readonly Contender[],
  work: (contender: Contender) => Promise<number>,
): Promise<Record<string, number>> {
  const seen = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      const figure = await work(contender);
      if (round > 0) seen.get(contender.name)?.push(figure);
    }
  }
  return Object.fromEntries([...seen].map(([name, figures]) => [name, median(figures)]));
}

/** CPU µs of the server per message of `work`, which returns the number of messages. */
async function cost(server: Contender, work: () => Promise<number>): Promise<number> {
  const before = cpuSeconds(server.pid);
  const messages = await work();
  return (cpuSeconds(server.pid) - before) / messages * 1e6;
}

function pairsOf(rooms: LoadClient[][]): [LoadClient, LoadClient][] {
  return rooms.flatMap(([first, second]) => first && second ? [[first, second]] : []);
}

/** Two clients in each room send each other one burst, slice by slice. */
async function relays(all: readonly Contender[], bytes: number, goal: number): Promise<Row> {
  const figures = await inTurns(all, async (server) => {
    const rooms = await fillRooms(server, { rooms: 60, members: 2 });
    const figure = await cost(server, async () => {
      for (let sent = 0; sent < signals; sent += slice) {
        const done = rooms.flat().map((client) => client.expect(slice));
        for (const [one, other] of pairsOf(rooms)) {
          for (let n = 0; n < slice; n++) {
            one.send(server.format.signal(other.peerId, bytes));
            other.send(server.format.signal(one.peerId, bytes));
          }
        }
        await Promise.all(done);
      }
      return rooms.length * 2 * signals;
    });
    await emptyRooms(rooms);
    return figure;
  });
  return compared(`a relayed signal of ${bytes} B, saturated`, figures, {
    unit: "µs of CPU",
    goal,
  });
}

/** A thousand signals a second for two seconds. */
async function pacedRelays(all: readonly Contender[], bytes: number): Promise<Row> {
  const figures = await inTurns(all, async (server) => {
    const rooms = await fillRooms(server, { rooms: 50, members: 2 });
    const figure = await cost(server, async () => {
      for (let turn = 0; turn < 200; turn++) {
        for (const [one, other] of pairsOf(rooms).slice(turn % 5 * 10, turn % 5 * 10 + 10)) {
          one.send(server.format.signal(other.peerId, bytes));
        }
        await pause(10);
      }
      return 2_000;
    });
    await emptyRooms(rooms);
    return figure;
  });
  return compared(`the same, 1,000 a second`, figures, { unit: "µs of CPU" });
}

/** Every member of each room sends one burst of lines to everybody; then single lines are timed. */
async function broadcasts(all: readonly Contender[], members: number): Promise<Row[]> {
  const figures = await inTurns(all, async (server) => {
    const { chat = () => "" } = server.format;
    const rooms = await fillRooms(server, { rooms: 400 / members, members });
    const figure = await cost(server, async () => {
      const done = rooms.flatMap((room) => room.map((one) => one.expect(lines * room.length)));
      const text = "x".repeat(100);
      for (let n = 0; n < lines; n++) for (const one of rooms.flat()) one.send(chat(n, text));
      await Promise.all(done);
      return rooms.reduce((sum, room) => sum + room.length * room.length * lines, 0);
    });
    await emptyRooms(rooms);
    return figure;
  });
  const late = await inTurns(all, async (server) => {
    const rooms = await fillRooms(server, { rooms: 4, members });
    const figure = await delay(server, rooms);
    await emptyRooms(rooms);
    return figure;
  });
  return [
    compared(`a copy of a line in a room of ${members}`, figures, { unit: "µs of CPU", goal: 0.9 }),
    compared(`its delay, 99 of 100`, late, { unit: "ms", goal: 0.1 }),
  ];
}

/** ms until a line has reached all members, one line at a time; the 99th percentile. */
async function delay({ format }: Contender, rooms: LoadClient[][]): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    for (const room of rooms) {
      for (const writer of room) {
        const done = room.map((client) => client.expect(1));
        const from = performance.now();
        writer.send(format.chat?.(1_000 + turn, "x") ?? "");
        await Promise.all(done);
        times.push(performance.now() - from);
      }
    }
    // Each client stays below the rate limit.
    await pause(1_200);
  }
  return quantile(times, 0.99);
}

/** ms until everybody in a room of ten knows everybody, after one joins and after all join. */
async function joinDelays(contenders: readonly Contender[]): Promise<Row[]> {
  const medianOf = async (server: Contender, together: number) => {
    const times: number[] = [];
    for (let n = 0; n < 20; n++) times.push(await joinDelay(server, together));
    return median(times);
  };
  const one = await inTurns(contenders, (server) => medianOf(server, 1));
  const ten = await inTurns(contenders, (server) => medianOf(server, 10));
  return [
    compared("delay of a join in a room of ten", one, { unit: "ms" }),
    compared("the same, all ten at once", ten, { unit: "ms", goal: 0.1 }),
  ];
}

/** `together`: how many of ten join at the same moment; the others are there. */
async function joinDelay(server: Contender, together: number): Promise<number> {
  const room = `ten-${crypto.randomUUID().slice(0, 8)}`;
  const clients: LoadClient[] = [];
  while (clients.length < 10 - together) clients.push(await LoadClient.join(server, room));
  const ways = Array.from({ length: together }, () => LoadClient.open(server));
  const enters = await Promise.all(ways);
  const from = performance.now();
  clients.push(...await Promise.all(enters.map((enter) => enter(room))));
  await Promise.all(clients.map((client) => client.meets(9)));
  const time = performance.now() - from;
  await emptyRooms([clients]);
  return time;
}

/** CPU of a join and a leave, by the number of members on the server. */
async function joins(contenders: readonly Contender[]): Promise<Row[]> {
  const rows: Row[] = [];
  const first: Record<string, number> = {};
  for (const population of [0, 2_000, 10_000]) {
    const figures: Record<string, number> = {};
    for (const server of contenders) {
      const rooms = await fillRooms(server, { rooms: population / 4, members: 4 });
      const costs: number[] = [];
      for (let round = 0; round < 3; round++) {
        costs.push(
          await cost(server, async () => {
            await emptyRooms(await fillRooms(server, { rooms: 300, members: 1 }));
            return 300;
          }),
        );
      }
      figures[server.name] = median(costs);
      first[server.name] ??= figures[server.name] ?? NaN;
      await emptyRooms(rooms);
    }
    const last = population === 10_000;
    rows.push(
      compared(`a join and a leave, ${population} others in other rooms`, figures, {
        unit: "µs of CPU",
        ...last && { goal: 1.2 },
        note: `${((figures["Parley"] ?? 0) / (first["Parley"] ?? 1)).toFixed(2)} × that with none`,
      }),
    );
  }
  return rows;
}

/** Checks that each join and leave is announced to a member of the room exactly once. */
async function churn(server: Contender): Promise<Row> {
  const witnesses = (await fillRooms(server, { rooms: 20, members: 1 })).flat();
  const mark = crypto.randomUUID().slice(0, 8);
  const seats = await Promise.all(
    Array.from(
      { length: 20 },
      (_, room) => LoadClient.join(server, `${mark}-${room}`),
    ),
  );
  const from = performance.now();
  let visits = 0;
  const wrong: string[] = [];
  for (let second = 0; second < 5; second++) {
    const visiting = Array.from({ length: 300 }, async (_, n) => {
      await pause(n / 300 * 900);
      const visitor = await LoadClient.join(server, `${mark}-${n % 20}`);
      if (visitor.roster.includes(visitor.peerId)) wrong.push("a roster with the visitor itself");
      if (!visitor.roster.includes(seats[n % 20]?.peerId ?? "")) {
        wrong.push("a roster without a member");
      }
      await visitor.leave();
      visits++;
    });
    await Promise.all(visiting);
  }
  const rate = visits / ((performance.now() - from) / 1000);
  await pause(500);
  const joined = seats.reduce((sum, seat) => sum + seat.joined, 0);
  const gone = seats.reduce((sum, seat) => sum + seat.left, 0);
  if (joined !== visits || gone !== visits) {
    wrong.push(`${joined} joins and ${gone} leaves announced`);
  }
  await emptyRooms([witnesses, seats]);
  return {
    what: "joins and leaves a second, each announced exactly once",
    figures: { Parley: rate },
    unit: "a second",
    note: wrong.length === 0 ? `all ${visits} right` : `wrong: ${[...new Set(wrong)].join(", ")}`,
  };
}

/** Memory growth with a member that never reads, while 16 MB of signals are sent to it. */
async function stalled(contenders: readonly Contender[]): Promise<Row> {
  const figures: Record<string, number> = {};
  for (const server of contenders) {
    const before = await residentBytes(server.pid);
    const room = `stall-${crypto.randomUUID().slice(0, 8)}`;
    const sender = await LoadClient.join(server, room);
    const reader = await SilentReader.join(server, room);
    const senders = [sender];
    for (let n = 0; n < 6; n++) {
      senders.push(await LoadClient.join(server, room));
    }
    for (const each of senders) {
      // The server refuses them after it cut the reader; that is expected.
      for (let n = 0; n < 380; n++) each.send(server.format.signal(reader.peerId, 6_000));
    }
    await pause(2_000);
    figures[server.name] = (await residentBytes(server.pid) - before) / 1e6;
    reader.end();
    await Promise.all(senders.map((each) => each.leave().catch(() => {})));
  }
  return compared("growth with a reader that stalls, 16 MB for it", figures, { unit: "MB" });
}
