// Starting Debian's two browsers with fake cameras and microphones. Each flag below was needed or
// keeps the browser from talking to hosts that are not part of the test.

import puppeteer, { type Browser } from "puppeteer-core";
import { type BrowserName, findBrowser, overrideVariable } from "./executables.ts";
import { freePort } from "./free_port.ts";
import { forwardInto } from "./netns.ts";

const fakeDevicesFlag = "--use-fake-ui-for-media-stream";
const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-default-apps",
  "--no-pings",
  fakeDevicesFlag,
  // Half of the usual pictures a second: three people's keep two processors busy.
  "--use-fake-device-for-media-stream=fps=10",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  // Without multicast DNS ".local" candidates lead nowhere.
  "--disable-features=WebRtcHideLocalIpsWithMdns",
];

const firefoxPreferences: Record<string, unknown> = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  // Without it Firefox offers no 127.0.0.1 candidate.
  "media.peerconnection.ice.loopback": true,
  "media.gmp-manager.updateEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

/** Time limit of one command to a browser, ms, so that a lost one fails soon, with its name. */
const commandMs = 90_000;

/** A running browser; `await using` or `close()` ends it. */
export interface LaunchedBrowser extends AsyncDisposable {
  readonly name: BrowserName;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** More flags for one start. */
export interface LaunchOptions {
  flags?: string[];
  /** Firefox only: preferences on top of the usual ones. */
  preferences?: Record<string, unknown>;
  /** Firefox only: certificates are not checked, those of relays included. */
  acceptsCertificates?: boolean;
  /** Run in this network namespace. */
  namespace?: string;
  /**
   * Chromium only: permissions decide about devices, as set by the test; else every page gets them.
   */
  heedsPermissions?: boolean;
}

/** Starts Chromium headless with fake devices. */
export async function launchChromium(options: LaunchOptions = {}): Promise<LaunchedBrowser> {
  const path = executable("chromium");
  const { namespace, flags = [], heedsPermissions = false } = options;
  const script = namespace === undefined ? undefined : await entryScript(namespace, path);
  const browser = await puppeteer.launch({
    browser: "chrome",
    executablePath: script ?? path,
    headless: true,
    protocolTimeout: commandMs,
    // A debugging port would be out of reach in a namespace.
    pipe: script !== undefined,
    args: [
      ...chromiumFlags.filter((flag) => !heedsPermissions || flag !== fakeDevicesFlag),
      ...flags,
    ],
  });
  if (script !== undefined) await Deno.remove(script);
  return wrap("chromium", browser);
}

/** A program that becomes `path` within a network namespace. */
async function entryScript(namespace: string, path: string): Promise<string> {
  const script = await Deno.makeTempFile({ prefix: "parley-browser-", suffix: ".sh" });
  await Deno.writeTextFile(script, `#!/bin/sh\nexec ip netns exec ${namespace} ${path} "$@"\n`);
  await Deno.chmod(script, 0o700);
  return script;
}

/** Starts Firefox headless with fake devices, driven by WebDriver BiDi. */
export async function launchFirefox(options: LaunchOptions = {}): Promise<LaunchedBrowser> {
  const path = executable("firefox");
  const { namespace, flags = [], acceptsCertificates = false } = options;
  const script = namespace === undefined ? undefined : await entryScript(namespace, path);
  // Firefox has no pipe for commands.
  const debuggingPort = freePort();
  const passage = namespace === undefined ? undefined : forwardInto(namespace, debuggingPort);
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: script ?? path,
    headless: true,
    protocolTimeout: commandMs,
    acceptInsecureCerts: acceptsCertificates,
    args: flags,
    ...passage === undefined ? {} : { debuggingPort },
    extraPrefsFirefox: { ...firefoxPreferences, ...options.preferences },
    // As root the content sandbox cannot be set up.
    env: { ...Deno.env.toObject(), MOZ_DISABLE_CONTENT_SANDBOX: "1" },
  });
  if (script !== undefined) await Deno.remove(script);
  return wrap("firefox", browser, passage);
}

function executable(name: BrowserName): string {
  const path = findBrowser(name);
  if (path === undefined) {
    throw new Error(`${name} is not installed; set ${overrideVariable(name)} if it is elsewhere`);
  }
  return path;
}

function wrap(
  name: BrowserName,
  browser: Browser,
  passage?: AsyncDisposable,
): LaunchedBrowser {
  const child = browser.process();
  // The browser's last words may come after its end; left unread they would count as a leak.
  const silent = new Promise<void>((resolve) => {
    if (child === null) resolve();
    child?.once("close", () => resolve());
    child?.stdout?.resume();
    child?.stderr?.resume();
  });
  const end = async () => {
    await browser.close();
    await silent;
    await passage?.[Symbol.asyncDispose]();
  };
  let closed: Promise<void> | undefined;
  const close = () => closed ??= end();
  return { name, browser, close, [Symbol.asyncDispose]: close };
}
