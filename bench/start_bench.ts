/** How long a start takes, from source and as a compiled program, beside the minimal relay. */
import { join } from "node:path";
import { compile } from "../scripts/compile.ts";
import { projectFolder, serverFlags, serverModule } from "../scripts/server_command.ts";
import { compared, median, type Row } from "./measure.ts";

const rounds = 21;

/** Time from the command to the first response: as `deno task start` runs it, and compiled. */
export async function benchStart(log: (line: string) => void): Promise<Row[]> {
  const folder = join(projectFolder, "dist", "bench");
  const relay = "bench/raw_relay.ts";
  const run = [Deno.execPath(), "run", ...await serverFlags()];
  const options = ["--port", "0", "--state-dir", join(folder, "state")];
  const compiledRelay = await compile({ module: relay, output: join(folder, "raw_relay"), log });
  const compiledParley = await compile({ output: join(folder, "parley"), log });
  const what = "start until the first answer";
  return [
    compared(
      `${what}, deno run`,
      await startTimes({
        "Parley": [...run, await serverModule(), ...options],
        "raw Deno": [...run, relay],
      }),
      { unit: "ms", goal: 2 },
    ),
    compared(
      `${what}, compiled`,
      await startTimes({ "Parley": [compiledParley, ...options], "raw Deno": [compiledRelay] }),
      { unit: "ms", goal: 1.5 },
    ),
  ];
}

/** The medians of starts in turns, ms; the first of each fills the caches and is not counted. */
async function startTimes(
  commands: Readonly<Record<string, string[]>>,
): Promise<Record<string, number>> {
  const times = new Map<string, number[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, command] of Object.entries(commands)) {
      const time = await startTime(command);
      if (round > 0) times.set(name, [...times.get(name) ?? [], time]);
    }
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, median(all)]));
}

/** ms until a server that prints its address has answered. */
async function startTime([program = "", ...args]: string[]): Promise<number> {
  const from = performance.now();
  const command = new Deno.Command(program, {
    ...{ args, cwd: projectFolder, stdout: "piped", stderr: "null" },
  });
  const child = command.spawn();
  let url: string | undefined;
  const words = child.stdout.pipeThrough(new TextDecoderStream());
  for await (const text of words) {
    url = /http:\/\/\S+/.exec(text)?.[0];
    if (url !== undefined) break;
  }
  await (await fetch(`${url}/healthz`)).text();
  const time = performance.now() - from;
  child.kill("SIGTERM");
  await child.status;
  return time;
}
