// What the browser tests need on this machine: two browsers and fonts. As root on Debian it is
// installed, anywhere else the missing things are named.

import { type BrowserName, findBrowser, overrideVariable } from "../tests/rig/executables.ts";

const browserPackages: Record<BrowserName, string> = {
  chromium: "chromium",
  firefox: "firefox-esr",
};
/** Without them Chinese and emoji are drawn as boxes. */
const fonts = ["fonts-noto-cjk", "fonts-noto-color-emoji"];
/** The relay, what makes networks and breaks them, the proxies, and what judges the service unit. */
const tools = ["coturn", "iproute2", "nftables", "nginx-light", "caddy", "systemd", "pebble"];
const installMs = 900_000;

/** Makes sure both browsers are there; throws an Error that says what to install when they cannot. */
export async function prepareBrowsers(say: (line: string) => void): Promise<void> {
  const names: BrowserName[] = ["chromium", "firefox"];
  const missing = names.filter((name) => findBrowser(name) === undefined);
  const packages = missing.map((name) => browserPackages[name]);
  if (canInstall()) {
    packages.push(...await notInstalled([...fonts, ...tools]));
    if (packages.length > 0) await aptInstall(packages, say);
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

async function aptInstall(packages: string[], say: (line: string) => void): Promise<void> {
  say(`Installing ${packages.join(", ")} …`);
  // A source that does not answer fails the update, and yet the packages may all be there.
  const update = await apt(["update"]);
  const install = await apt(["install", "-y", "--no-install-recommends", ...packages]);
  if (!install.success) throw new Error(`apt-get failed:\n${update.said}\n${install.said}`);
}

/** Runs apt-get; the end of what it said is kept for the case that it failed. */
async function apt(args: string[]): Promise<{ success: boolean; said: string }> {
  const { success, stdout, stderr } = await new Deno.Command("apt-get", {
    args: ["-q", ...args],
    // In runlevel 1 no package starts the service it brings.
    env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(installMs),
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  return { success, said: said.slice(-2000) };
}

function fileExists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
