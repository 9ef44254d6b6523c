/** What idle members cost the server: memory, and CPU time for looking after them. */
import { type Contender, startOther, startParley, startRaw } from "./contenders.ts";
import { emptyRooms, fillRooms } from "./load.ts";
import { compared, cpuSeconds, pause, residentBytes, type Row } from "./measure.ts";

type LogLine = (line: string) => void;

/** Longer than the periods of pings and of `tick` messages, so that each socket has had several. */
const idleSeconds = 60;

/** Measures 1,000 to 10,000 idle members, each time in new processes: memory is returned late. */
export async function benchMemory(log: LogLine): Promise<Row[]> {
  const rows: Row[] = [];
  const starts = [startParley, startRaw, () => startOther("ws on Node", log)];
  for (const count of [1_000, 5_000, 10_000]) {
    log(`${count} idle members …`);
    const isLast = count === 10_000;
    const memory: Record<string, number> = {};
    const busy: Record<string, number> = {};
    for (const start of starts) {
      await using server = await start();
      if (server === undefined) continue;
      const before = await residentBytes(server.pid);
      const rooms = await fillRooms(server, { rooms: count / 4, members: 4 });
      await pause(1_000);
      memory[server.name] = (await residentBytes(server.pid) - before) / count / 1024;
      if (isLast) busy[server.name] = await idleWork(server);
      await emptyRooms(rooms);
    }
    rows.push(compared(`memory of an idle member of ${count}`, memory, {
      unit: "KiB",
      ...isLast && { goal: 0.75 },
    }));
    if (!isLast) continue;
    rows.push(compared(`CPU for ${count} idle members`, busy, { unit: "ms a second", most: 10 }));
  }
  return rows;
}

/** CPU time that a server takes while nobody does anything, ms a second. */
async function idleWork({ pid }: Contender): Promise<number> {
  const before = cpuSeconds(pid);
  await pause(idleSeconds * 1_000);
  return (cpuSeconds(pid) - before) * 1_000 / idleSeconds;
}
