// People on machines of their own: a network of namespaces, the real server, real browsers, real
// coturn.

import {
  type Coturn,
  createNetwork,
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  lightCamera,
  type Machine,
  type Network,
  type Peer,
  type RunningServer,
  startCoturn,
  startServer,
} from "../rig/mod.ts";
import { testInNamespaces } from "./in_namespaces.ts";

/** What a town has besides a server and machines. */
export interface TownOptions {
  people: number;
  /** A relay, with credentials good for so many seconds. */
  relay?: { lifetime: number };
  /** Everybody's browser, Chromium if it is left out. */
  browser?: "firefox";
  /** Pictures that need many bits, as the browser's own fake camera makes them. */
  richPictures?: boolean;
}

/** A call between machines. */
export interface Town {
  readonly network: Network;
  readonly server: RunningServer;
  readonly coturn: Coturn | undefined;
  /** Opens the room on the machine of that number. */
  join(index: number, more?: Record<string, string>): Promise<Peer>;
  /** Starts a browser on the machine of that number. */
  launch(index: number): Promise<LaunchedBrowser>;
  machine(index: number): Machine;
}

const names = ["Ann", "Bob", "Cem"];

/** A test in its own network; left out, with the reason, where there can be none. */
export function testInTown(
  sentence: string,
  options: TownOptions,
  body: (town: Town) => Promise<void>,
): void {
  testInNamespaces(sentence, async (stack) => await body(await openTown(stack, options)));
}

async function openTown(
  stack: AsyncDisposableStack,
  { people, relay, browser, richPictures = false }: TownOptions,
): Promise<Town> {
  const network = stack.use(await createNetwork(people));
  const camera = stack.use(await lightCamera());
  const { hub } = network;
  const coturn = relay && stack.use(await startCoturn(undefined, hub));
  const server = stack.use(
    await startServer({
      place: hub,
      // What its own relay does is for internet.ts.
      args: [
        "--no-turn",
        ...relay && coturn ? relayArgs({ ...relay, coturn, address: hub.address }) : [],
      ],
    }),
  );
  const machine = (index: number): Machine => {
    const found = network.machines[index];
    if (found === undefined) throw new RangeError(`no machine ${index}`);
    return found;
  };
  const launch = async (index: number) => {
    const { namespace } = machine(index);
    // A page gets a camera on https or localhost only, and here it is neither.
    return stack.use(
      browser === "firefox"
        ? await launchFirefox({
          namespace,
          preferences: { "dom.securecontext.allowlist": new URL(server.url).hostname },
        })
        : await launchChromium({
          namespace,
          flags: [
            ...richPictures ? [] : camera.flags,
            `--unsafely-treat-insecure-origin-as-secure=${server.url}`,
          ],
        }),
    );
  };
  const join = async (index: number, more: Record<string, string> = {}) => {
    const name = names[index] ?? "Dia";
    return await joinByLink(await launch(index), { server, room: "town", name, more });
  };
  return { network, server, coturn, join, launch, machine };
}

function relayArgs({ lifetime, coturn, address }: {
  lifetime: number;
  coturn: Coturn;
  address: string;
}): string[] {
  const urls = ["udp", "tcp"].map((by) => `turn:${address}:${coturn.port}?transport=${by}`);
  return [
    "--turn-urls",
    urls.join(","),
    "--turn-secret-file",
    coturn.secretFile,
    "--turn-lifetime",
    String(lifetime),
  ];
}
