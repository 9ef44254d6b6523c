// People at sites of their own: a small internet, the real server, real browsers.

import {
  type Access,
  type BrowserName,
  createInternet,
  type Internet,
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  lightCamera,
  type Peer,
  type RestartableServer,
  type Site,
  startRestartable,
  waitFor,
  writeHosts,
} from "../rig/mod.ts";
import { testInNamespaces } from "./in_namespaces.ts";

/** The sites of a call. */
export interface CallOptions {
  /** The server's; a public one by default. */
  server?: Access;
  people: readonly (Access | "beside the server")[];
  /** More flags of the server, which may depend on its address. */
  flags?: (server: Site) => readonly string[];
}

/** A server and the sites of people. */
export interface Call {
  readonly internet: Internet;
  readonly server: RestartableServer;
  readonly serverSite: Site;
  site(index: number): Site;
  /** Opens the room at the site of that number. */
  join(index: number, browser?: BrowserName): Promise<Peer>;
}

/** The server's port, for its page and for its relay. */
export const port = 443;

/** The server's name: Firefox uses `turns:` with a name only, not with an address. */
const host = "talk.example.org";

const names = ["Ann", "Bob", "Cem"];

/** A test on an internet for itself; left out, with the reason, where there can be none. */
export function testOnInternet(
  sentence: string,
  options: CallOptions,
  body: (call: Call) => Promise<void>,
): void {
  testInNamespaces(sentence, async (stack) => await body(await openCall(stack, options)));
}

async function openCall(
  stack: AsyncDisposableStack,
  { server: access = { kind: "public" }, people, flags }: CallOptions,
): Promise<Call> {
  const internet = stack.use(await createInternet());
  const place = await internet.connect(access);
  const sites: Site[] = [];
  for (const person of people) {
    const isBeside = person === "beside the server";
    sites.push(await internet.connect(isBeside ? { kind: "beside", site: place } : person));
  }
  const camera = stack.use(await lightCamera());
  const address = await internet.linkToHost(place);
  const server = stack.use(
    await startRestartable({
      place: { namespace: place.namespace, address },
      args: ["--port", String(port), ...flags?.(place) ?? []],
    }),
  );
  // A page that came earlier would repeat its first packets over UDP late.
  await waitFor(() => server.current.output.includes('"relaying"'), { what: "the relay" });
  const site = (index: number): Site => {
    const found = sites[index];
    if (found === undefined) throw new RangeError(`no site ${index}`);
    return found;
  };
  const url = `${new URL(server.current.url).protocol}//${host}:${port}`;
  const room = (name: string, query: Record<string, string> = {}) =>
    `${url}/r/${name}?${new URLSearchParams(query)}`;
  const join = async (index: number, browser: BrowserName = "chromium") => {
    const { namespace, home } = site(index);
    const isBeside = home !== undefined && home.router === place.home?.router;
    const addresses = isBeside ? [place.home.address] : addressesOf(place);
    await writeHosts(namespace, addresses.map((address) => ({ name: host, address })));
    const launched = stack.use(await launch(browser, { namespace, url, camera: camera.flags }));
    return await joinByLink(launched, { server: { room }, room: "far", name: names[index] ?? "" });
  };
  return { internet, server, serverSite: place, site, join };
}

function addressesOf({ ipv4, ipv6 }: Site): string[] {
  return [ipv4, ipv6].filter((address) => address !== undefined);
}

/** A browser that gives the page a camera though it trusts neither http nor the certificate. */
async function launch(
  name: BrowserName,
  { namespace, url, camera }: { namespace: string; url: string; camera: string[] },
): Promise<LaunchedBrowser> {
  if (name === "chromium") {
    const trusted = `--unsafely-treat-insecure-origin-as-secure=${url}`;
    const flags = [...camera, trusted, "--ignore-certificate-errors"];
    return await launchChromium({ namespace, flags });
  }
  return await launchFirefox({
    namespace,
    acceptsCertificates: true,
    preferences: {
      "media.devices.insecure.enabled": true,
      "media.getusermedia.insecure.enabled": true,
      "dom.securecontext.allowlist": host,
    },
  });
}
