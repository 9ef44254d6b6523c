/**
 * Prepares the machine for the browser tests: two browsers, fonts and tools. As root on Debian they
 * are installed; elsewhere an error names the missing browsers.
 */
import { type BrowserName, findBrowser, overrideVariable } from "../tests/rig/executables.ts";

const browserPackages: Record<BrowserName, string> = {
  chromium: "chromium",
  firefox: "firefox-esr",
};
/** Without these fonts Chinese and emoji are drawn as boxes. */
const fonts = ["fonts-noto-cjk", "fonts-noto-color-emoji"];
/** For tests of the relay, networks, proxies, the service unit, ACME, clusters and voices. */
const tools = [
  ...["coturn", "iproute2", "nftables", "nginx-light", "caddy", "haproxy", "systemd", "pebble"],
  ...["redis-server", "espeak-ng", "unzip"],
];
const installMs = 900_000;

/** Makes sure that both browsers are installed; throws an Error that says what to install. */
export async function prepareBrowsers(log: (line: string) => void): Promise<void> {
  const names: BrowserName[] = ["chromium", "firefox"];
  const missing = names.filter((name) => findBrowser(name) === undefined);
  const packages = missing.map((name) => browserPackages[name]);
  if (canInstall()) {
    packages.push(...await notInstalled([...fonts, ...tools]));
    if (packages.length > 0) await aptInstall(packages, log);
    return;
  }
  if (missing.length === 0) return;
  const variables = missing.map(overrideVariable).join(" and ");
  throw new Error(
    `The browser tests need ${missing.join(" and ")}. On Debian, as root:\n` +
      `  apt-get update && apt-get install -y --no-install-recommends ` +
      `${[...packages, ...fonts, ...tools].join(" ")}\n` +
      `On other systems install them, or set ${variables} to the executable.`,
  );
}

function canInstall(): boolean {
  return Deno.build.os === "linux" && Deno.uid() === 0 && fileExists("/usr/bin/apt-get");
}

async function notInstalled(packages: string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const name of packages) {
    const { stdout } = await new Deno.Command("dpkg-query", {
      args: ["-W", "-f=${db:Status-Status}", name],
      stdin: "null",
      stderr: "null",
    }).output();
    if (new TextDecoder().decode(stdout) !== "installed") missing.push(name);
  }
  return missing;
}

async function aptInstall(packages: string[], log: (line: string) => void): Promise<void> {
  log(`Installing ${packages.join(", ")} …`);
  // One unreachable source fails the update, although all packages may be available.
  const update = await apt(["update"]);
  const install = await apt(["install", "-y", "--no-install-recommends", ...packages]);
  if (!install.success) throw new Error(`apt-get failed:\n${update.output}\n${install.output}`);
}

/** Runs apt-get; returns the end of its output for an error message. */
async function apt(args: string[]): Promise<{ success: boolean; output: string }> {
  const { success, stdout, stderr } = await new Deno.Command("apt-get", {
    args: ["-q", ...args],
    // In runlevel 1 no package starts its service.
    env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(installMs),
  }).output();
  const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  return { success, output: output.slice(-2000) };
}

function fileExists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
