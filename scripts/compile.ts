/**
 * `deno task compile [--target T]`: makes dist/parley, one file that needs neither Deno nor a
 * network. It embeds what the build wrote: main.ts with all that it loads (_fresh/program), and the
 * static files.
 */
import { dirname, join } from "node:path";
import { downloadHostAnswers, recoverDenort } from "./denort.ts";
import { programHash } from "../server/program.ts";
import { compiledPermissions, projectFolder, serverModule } from "./server_command.ts";

const linuxTarget = "x86_64-unknown-linux-gnu";
const compileMs = 600_000;
const embedded = ["_fresh/program", "_fresh/static", "static"];

/** What to compile. */
export interface CompileOptions {
  /** As Deno names it, by default this machine. */
  target?: string;
  /** A path. */
  output?: string;
  /** Compile this module instead of the server, with the same permissions and without files. */
  module?: string;
  log?: (line: string) => void;
}

/** Writes the program and returns its path; throws an Error that names the failure. */
export async function compile(options: CompileOptions = {}): Promise<string> {
  const log = options.log ?? console.log;
  const target = options.target ?? Deno.build.target;
  const output = options.output ?? defaultOutput(target, options.target !== undefined);
  const runtime = await chooseRuntime(target, log);
  await Deno.mkdir(dirname(output), { recursive: true });
  log(`Compiling for ${target} …`);
  const { module } = options;
  let failure = await runCompiler({ target, output, module, runtime });
  if (failure !== undefined && runtime === undefined && target === linuxTarget) {
    log("Deno could not download the base runtime.");
    failure = await runCompiler({ target, output, module, runtime: await recoverDenort(log) });
  }
  if (failure !== undefined) throw new Error(failure);
  const { size } = await Deno.stat(output);
  log(`Wrote ${output} (${(size / 1e6).toFixed(0)} MB)`);
  if (module === undefined) {
    log(`Its client program, for the release notes: ${await programHash()}`);
  }
  return output;
}

/** The path of a base runtime; undefined: Deno has it or downloads it. */
async function chooseRuntime(
  target: string,
  log: (line: string) => void,
): Promise<string | undefined> {
  const given = Deno.env.get("DENORT_BIN");
  if (given) return given;
  if (await hasRuntimeCached(target)) return undefined;
  log(`Asking Deno's download host for the base runtime …`);
  if (await downloadHostAnswers(target)) return undefined;
  if (target === linuxTarget) {
    log("The download host does not answer.");
    return await recoverDenort(log);
  }
  throw new Error(
    `Deno's download host (dl.deno.land), which has the base runtime for ${target}, does not ` +
      `answer. Connect to it, or set DENORT_BIN to a denort ${Deno.version.deno} for that target.`,
  );
}

/** Whether this target's base runtime is in Deno's cache. */
async function hasRuntimeCached(target: string): Promise<boolean> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--no-lock"],
    stdin: "null",
    stderr: "null",
  }).output();
  const facts: unknown = JSON.parse(new TextDecoder().decode(stdout));
  if (typeof facts !== "object" || facts === null || !("denoDir" in facts)) return false;
  const zip = `release/v${Deno.version.deno}/denort-${target}.zip`;
  return await exists(join(String(facts.denoDir), "dl", zip));
}

/** Runs `deno compile`; returns the error, or undefined. */
async function runCompiler(
  { target, output, module, runtime }: {
    target: string;
    output: string;
    module: string | undefined;
    runtime: string | undefined;
  },
): Promise<string | undefined> {
  const args = ["compile", "--quiet", "--no-lock", "--no-check", "--no-npm", "--target", target];
  args.push(...await compiledPermissions(), "--v8-flags=--max-semi-space-size=4");
  if (module === undefined) args.push(...embedded.flatMap((folder) => ["--include", folder]));
  args.push("--output", output, module ?? await serverModule());
  try {
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args,
      cwd: projectFolder,
      env: {
        NO_COLOR: "1",
        ...(runtime ? { DENORT_BIN: runtime } : {}),
      },
      stdin: "null",
      stdout: "inherit",
      stderr: "piped",
      signal: AbortSignal.timeout(compileMs),
    }).output();
    if (success) return undefined;
    return `deno compile failed:\n${withoutBacktrace(new TextDecoder().decode(stderr))}`;
  } catch (error) {
    return `deno compile did not run: ${error instanceof Error ? error.message : error}`;
  }
}

function withoutBacktrace(text: string): string {
  return text.split("\nStack backtrace:")[0]?.trim() ?? "";
}

function defaultOutput(target: string, named: boolean): string {
  const suffix = target.includes("windows") ? ".exe" : "";
  return join(projectFolder, "dist", named ? `parley-${target}${suffix}` : `parley${suffix}`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}

function readArguments(args: string[]): CompileOptions {
  const options: CompileOptions = {};
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = (args[i] ?? "").split("=", 2);
    if (name !== "--target" && name !== "--output") {
      throw new Error(`unknown argument "${args[i]}"; use --target T or --output FILE`);
    }
    const value = inline ?? args[++i];
    if (!value) throw new Error(`${name} needs a value`);
    if (name === "--target") options.target = value;
    else options.output = value;
  }
  return options;
}

if (import.meta.main) {
  try {
    await compile(readArguments(Deno.args));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
