/**
 * `deno task test [word …]`: builds, compiles, runs the tests in stages and ends with one line,
 * "N passed, N failed". With words, only test files whose path contains one of them run. The slow
 * tests of `deno task test:faults` run only if a word names them. `--long`, which is `deno task
 * test:long`, runs the random simulations, with every seed of `--seeds A..B`, and whole what is
 * shortened or left out otherwise.
 * Invariants:
 * 1 That line is the last line printed, in every case; what failed is repeated before it.
 * 2 The exit code is 0 only if at least one test ran and nothing failed.
 * 3 Every run has a time limit: one that hangs is killed and counts as failed.
 * 4 When a run has ended, nothing that it started is left running, even if it was killed.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seedRange } from "../tests/seeds.ts";
import { projectFolder } from "./server_command.ts";
import { judgeRun, type RunResult } from "./test_counts.ts";
import { prepareBrowsers } from "./test_machine.ts";
import { endMarked, newMark } from "./test_processes.ts";

/** A group of test files of one kind. */
interface Stage {
  name: string;
  /** Folders under tests/; undefined: every folder that no other stage names. */
  folders?: string[];
  /**
   * Whether all files are one parallel run. Tests with sockets and browsers get one run per file
   * instead: a file that hangs fails no other, and its errors follow it directly.
   */
  parallel: boolean;
  /** Runs at a time, 1 by default. Most of these tests wait more than they compute. */
  lanes?: number;
  /** Names of the files that need the whole machine: they run first, one at a time. */
  alone?: string[];
  /** Names of the files that take longest: they start first, so that the lanes end together. */
  long?: string[];
  /** Of the folders' files only these run. */
  only?: string[];
  /** Variables that its runs have besides those of the task. */
  env?: Record<string, string>;
  /**
   * Names of the files that run only in a long run or if a word names them: each takes minutes and
   * asks in many ways what another file asks once.
   */
  rare?: string[];
  /** The time limit of one run. */
  minutes: number;
  /** Whether it runs only if a word names it. */
  slow?: boolean;
  /** Whether what its tests print is shown. */
  shows?: boolean;
}

const allStages: Stage[] = [
  { name: "unit", parallel: true, minutes: 10 },
  { name: "real sockets", folders: ["sockets"], parallel: false, lanes: 2, minutes: 2 },
  {
    name: "real sockets over Deno's own server",
    folders: ["sockets"],
    only: [
      ...["clients", "envelope", "hostile", "join_order", "limits", "owners", "red_team"],
      ...["refusals", "resume", "reuse", "signal_rate", "skyrtc", "stop"],
    ],
    env: { PARLEY_TRANSPORT: "deno" },
    parallel: false,
    lanes: 2,
    minutes: 2,
  },
  {
    name: "real browsers",
    folders: ["browser"],
    parallel: false,
    lanes: 2,
    // Calls with pictures: three people keep two processors busy, and two such calls at a time take
    // more than twice as long.
    alone: [
      ...["call", "captions", "client", "doctor_page", "eight", "embed", "evil", "ladder", "links"],
      ...["many_addresses", "moving", "noise", "page", "picture", "pictures", "proxies"],
      ...["quality", "recording", "relay_rungs", "rescue", "returning", "rig", "sealed_call"],
      ...["sharing", "skyrtc", "stage", "talking", "translated", "trust_screens", "two_tabs"],
    ],
    long: ["file_answers", "link_keys", "access"],
    rare: [
      ...["aim", "brought", "chat_notice", "files", "many_addresses", "program"],
      ...["returning_places", "skyrtc_talk", "stuck", "throwing"],
    ],
    minutes: 12,
  },
  { name: "the binary", folders: ["binary"], parallel: false, minutes: 4 },
  {
    name: "faults",
    folders: ["faults"],
    parallel: false,
    lanes: 2,
    // Tests that create networks, too: other browsers would see the network change and drop loads.
    alone: ["files", "internet", "network", "recording", "relay", "relay_loss", "replay"],
    minutes: 12,
    slow: true,
  },
];
/** Simulations with many seeds, each in a run that shows its seeds. */
const longStage: Stage = {
  name: "long simulations",
  parallel: false,
  lanes: 2,
  minutes: 60,
  shows: true,
};
const usualSeeds = "1..20";
const namedFolders = allStages.flatMap((stage) => stage.folders ?? []);

/** A run of `deno`, with the mark of all its processes. */
interface Run {
  child: Deno.ChildProcess;
  mark: Record<string, string>;
}

const running = new Set<Run>();

async function findTests(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(projectFolder, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await findTests(path));
    else if (/_test\.tsx?$/.test(entry.name)) found.push(path);
  }
  return found.sort();
}

function filesOf(stage: Stage, files: string[]): string[] {
  const folderOf = (file: string) => file.split("/")[1] ?? "";
  return files.filter((file) =>
    stage.folders === undefined
      ? !namedFolders.includes(folderOf(file))
      : stage.folders.includes(folderOf(file)) &&
        (stage.only === undefined || isOneOf(stage.only, file))
  );
}

function isOneOf(names: readonly string[], file: string): boolean {
  return names.some((name) => file.endsWith(`/${name}_test.ts`));
}

function isRare(file: string): boolean {
  return allStages.some((stage) =>
    isOneOf(stage.rare ?? [], file) && filesOf(stage, [file]).includes(file)
  );
}

/** `quiet`: the output is shown when the run ends, so that parallel runs do not mix. */
interface RunLimits {
  minutes: number;
  quiet?: boolean;
  env?: Record<string, string>;
}

/** Runs `deno` and shows its output; returns whether it succeeded within the time limit. */
async function runDeno(
  args: string[],
  { minutes, quiet = false, env = {} }: RunLimits,
): Promise<boolean> {
  const output = quiet ? "piped" : "inherit";
  const mark = newMark();
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: projectFolder,
    env: { ...env, ...mark },
    stdin: "null",
    stdout: output,
    stderr: output,
    detached: Deno.build.os !== "windows",
  }).spawn();
  const run = { child, mark };
  running.add(run);
  const written = quiet
    ? Promise.all([child.stdout, child.stderr].map((from) => readAll(from)))
    : [];
  const timer = setTimeout(() => {
    console.error(`\nThe run took more than ${minutes} minutes and was killed.`);
    endRun(run);
  }, minutes * 60_000);
  const { success } = await child.status;
  clearTimeout(timer);
  running.delete(run);
  endMarked(mark);
  for (const bytes of await written) Deno.stdout.writeSync(bytes);
  return success;
}

async function readAll(from: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(from).arrayBuffer());
}

/** Kills a run and everything it started. The child is detached, so it leads a process group. */
function endRun({ child, mark }: Run): void {
  try {
    if (Deno.build.os === "windows") child.kill("SIGKILL");
    else Deno.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
  endMarked(mark);
}

async function runStage(stage: Stage, files: string[]): Promise<RunResult> {
  console.log(`\n== ${stage.name}: ${files.length} ${files.length === 1 ? "file" : "files"}`);
  const sum: RunResult = { passed: 0, failed: 0, failures: [] };
  const runs = stage.parallel ? [files] : files.map((file) => [file]);
  const isAlone = ([file = ""]: string[]) => isOneOf(stage.alone ?? [], file);
  const isLong = ([file = ""]: string[]) => isOneOf(stage.long ?? [], file);
  const others = runs.filter((run) => !isAlone(run));
  const left = [...others.filter(isLong), ...others.filter((run) => !isLong(run))];
  const work = async (todo: string[][]) => {
    for (let run = todo.shift(); run !== undefined; run = todo.shift()) {
      add(sum, await runFiles(stage, run));
    }
  };
  await work(runs.filter(isAlone));
  await Promise.all(Array.from({ length: stage.lanes ?? 1 }, () => work(left)));
  return sum;
}

function add(sum: RunResult, { passed, failed, failures }: RunResult): void {
  sum.passed += passed;
  sum.failed += failed;
  sum.failures.push(...failures);
}

async function runFiles(stage: Stage, files: string[]): Promise<RunResult> {
  const report = await Deno.makeTempFile({ prefix: "parley-junit-", suffix: ".xml" });
  try {
    // `deno task check` checks the types; checking them again would take longer than the tests.
    const args = [
      "test",
      "-A",
      "--unstable-net",
      "--no-check",
      "--lock=tests/deno.lock",
      "--frozen",
    ];
    if (!stage.shows) args.push("--quiet");
    if (stage.parallel) args.push("--parallel");
    else args.push("--preload=tests/whole_errors.ts");
    args.push(`--junit-path=${report}`, ...files);
    const { minutes, lanes = 1, env = {} } = stage;
    const succeeded = await runDeno(args, { minutes, quiet: lanes > 1, env });
    return judgeRun(await Deno.readTextFile(report), succeeded, files);
  } finally {
    await Deno.remove(report);
  }
}

async function runTask(name: string, minutes: number): Promise<void> {
  console.log(`\n== ${name}`);
  if (!await runDeno(["task", "--quiet", name], { minutes })) throw new Error(`${name} failed`);
}

async function runAll(words: string[], total: RunResult): Promise<void> {
  const chosen = await chooseTests(words);
  const isNamed = words.length > 0;
  const stages = allStages.filter(({ slow = false }) => isNamed || !slow);
  await prepareFor(chosen);
  for (const stage of stages) {
    const files = filesOf(stage, chosen).filter((file) => isNamed || !isRare(file));
    if (files.length === 0) continue;
    if (stage.folders?.includes("binary")) await runTask("compile", 8);
    add(total, await runStage(stage, files));
  }
}

/** Installs and builds what these files need. */
async function prepareFor(files: string[]): Promise<void> {
  const needsBrowser = files.some((file) =>
    /^tests\/(browser|binary|cluster|faults|sockets)\//.test(file)
  );
  if (needsBrowser) await prepareBrowsers(console.log);
  await runTask("build", 3);
}

/** The test files whose path contains one of the words, or all. */
async function chooseTests(words: string[]): Promise<string[]> {
  const all = await findTests("tests");
  const chosen = all.filter((file) =>
    words.length === 0 || words.some((word) => file.includes(word))
  );
  if (chosen.length === 0) throw new Error(`No test file matches ${words.join(" ")}`);
  return chosen;
}

/** Runs the files that have more to do in a long run. `seeds`: a range such as "1..20". */
async function runLong(
  { words, seeds }: { words: string[]; seeds: string },
  total: RunResult,
): Promise<void> {
  if (seedRange(seeds) === undefined) throw new Error(`--seeds ${seeds} is not a range like 1..20`);
  const files: string[] = [];
  for (const file of await chooseTests(words)) {
    const source = await Deno.readTextFile(join(projectFolder, file));
    if (isRare(file) || /\b(eachSeed|assertProperty|isLong)\b/.test(source)) files.push(file);
  }
  if (files.length === 0) throw new Error("No such test file takes seeds");
  await prepareFor(files);
  add(total, await runStage({ ...longStage, env: { PARLEY_SEEDS: seeds } }, files));
}

if (import.meta.main) {
  const total: RunResult = { passed: 0, failed: 0, failures: [] };
  const finish = () => {
    for (const run of running) endRun(run);
    if (total.failures.length > 0) console.log(["\nFailures:", ...total.failures].join("\n"));
    console.log(`\n${total.passed} passed, ${total.failed} failed`);
    Deno.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    if (Deno.build.os === "windows" && signal === "SIGTERM") continue;
    Deno.addSignalListener(signal, () => {
      total.failed++;
      finish();
    });
  }
  try {
    const { values: { long, seeds }, positionals: words } = parseArgs({
      allowPositionals: true,
      options: { long: { type: "boolean" }, seeds: { type: "string", default: usualSeeds } },
    });
    await (long ? runLong({ words, seeds }, total) : runAll(words, total));
  } catch (error) {
    total.failures.push(error instanceof Error ? error.message : String(error));
    total.failed++;
  }
  finish();
}
