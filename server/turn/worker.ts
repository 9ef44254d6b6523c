/**
 * The worker for STUN and TURN: sockets, clocks and the counts around a `TurnServer`. It has a
 * separate thread, so that media never delays a message of a room.
 */
import { isEverywhere } from "../listen_address.ts";
import { AddressList } from "../address_list.ts";
import { destinationOf, isPublic } from "./peer_policy.ts";
import { type Addresses, ownAddresses, relayedAddresses } from "./relayed_addresses.ts";
import type { OpenRelay } from "./relay_ports.ts";
import { StreamBridge } from "./stream_bridge.ts";
import type { TurnCommand, TurnEvent, TurnSettings } from "./turn_messages.ts";
import { noCounts } from "./turn_counts.ts";
import { TurnServer } from "./turn_server.ts";
import { UdpPorts } from "./udp_ports.ts";
import { UdpSocket } from "./udp_socket.ts";

/**
 * The last of 16 people calls 15, each over UDP, TCP and TLS, from two networks; an ICE restart has
 * the old allocations and the new ones for a moment.
 */
const limits = { allocationsPerPeer: 192, allocations: 8_192 } as const;
/** More than any mesh needs, bytes per second. */
const perPeer = 25_000_000;
/** Without the addresses of one link, where clouds have the secrets of their machines. */
const privateNetworks: Readonly<Record<string, readonly string[] | undefined>> = {
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};
const tickMs = 1_000;
/** How often the addresses of this machine are looked at, ms. */
const refreshMs = 10_000;
/** The pause until a UDP port is tried again, ms. */
const retryMs = 1_000;
/** So many tries are silent: the port of a worker that has just ended is free a moment later. */
const silentTries = 2;

let server: Promise<TurnServer> | undefined;
/** The addresses of this machine, as last looked at. */
let own = ownAddresses();

addEventListener("message", ({ data }: MessageEvent<TurnCommand>) => {
  switch (data.kind) {
    case "start":
      server = start(data.settings);
      break;
    case "admit":
    case "revoke":
      void server?.then((server) => server[data.kind](data.peerId));
      break;
    default:
      data satisfies never;
  }
});

// One fault must not end all calls, and Deno would write it past the log.
addEventListener("error", (event) => {
  event.preventDefault();
  tell({ kind: "fault", error: event.error });
});
addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  tell({ kind: "fault", error: event.reason });
});

function tell(event: TurnEvent): void {
  postMessage(event);
}

async function start(settings: TurnSettings): Promise<TurnServer> {
  const { hosts, publicAddresses, token } = settings;
  const pulse = setInterval(() => tell({ kind: "counts", counts: noCounts() }), tickMs);
  const addresses = await findAddresses(publicAddresses, hosts);
  clearInterval(pulse);
  const server = createServer(settings, addresses);
  const onDrop = () => void server.counts.drops.backlog++;
  const bridge = new StreamBridge({
    server,
    token,
    now,
    onDrop,
    onAllocated: (port) => tell({ kind: "allocated", bridge: port }),
  });
  const ports = new UdpPorts({
    ...settings,
    addresses: () => own,
    onDrop,
    receive: (bytes, address, socket) => {
      const send = (answer: Uint8Array) => socket.send(answer, address);
      return guard(() => server.datagram({ transport: "udp", address, send }, bytes));
    },
  });
  const told = { bridgePort: bridge.port, addresses: Object.values(addresses) };
  void openPorts(ports, (udpPort) => tell({ kind: "ready", udpPort, ...told }))
    .then(() => setInterval(() => guard(() => refresh(ports)), refreshMs));
  setInterval(() => {
    guard(() => server.tick());
    bridge.tick();
    tell({ kind: "counts", counts: server.counts });
  }, tickMs);
  return server;
}

/** Follows the addresses of this machine. */
function refresh(ports: UdpPorts): void {
  own = ownAddresses();
  ports.refresh();
}

/** Tries until a name has an address. */
async function findAddresses(...asked: Parameters<typeof relayedAddresses>): Promise<Addresses> {
  for (let tries = 0;; tries++) {
    try {
      return await relayedAddresses(...asked);
    } catch (error) {
      const words = "cannot relay until the name of --turn-address has an address";
      if (tries === 0) tell({ kind: "warning", words, reason: reasonOf(error) });
    }
    await new Promise((resume) => setTimeout(resume, retryMs));
  }
}

function createServer(
  { secret, hosts, publicAddresses, range, bytesPerSecond, allowPeers }: TurnSettings,
  addresses: Addresses,
): TurnServer {
  const allowed = new AddressList(allowPeers.flatMap((entry) => privateNetworks[entry] ?? [entry]));
  // Behind NAT this machine has an address that it does not know of.
  const relayed = new Set(Object.values(addresses));
  const isHere = (hostname: string) => own.has(hostname) || relayed.has(hostname);
  const open: OpenRelay = ({ family, port, receive }) => {
    // Packets have to leave from the address that peers were told, if this machine has it.
    const address = addresses[family] ?? "";
    const isSure = !hosts.some(isEverywhere) || publicAddresses.length > 0 || isPublic(address);
    const everywhere = family === "ipv4" ? "0.0.0.0" : "::";
    const hostname = isSure && own.has(address) ? address : everywhere;
    try {
      const socket = new UdpSocket({ hostname, port }, () => void server.counts.drops.backlog++);
      void socket.receiveAll((packet, from) => guard(() => receive(packet, from)));
      return socket;
    } catch {
      return undefined;
    }
  };
  const server: TurnServer = new TurnServer({
    secret,
    limits,
    now,
    wallClock: () => Date.now(),
    ports: {
      addresses,
      range: range ?? [49_152, 65_535],
      open: range === undefined ? undefined : open,
    },
    bandwidth: { total: bytesPerSecond, perPeer },
    isPeerAllowed: (hostname) =>
      allowed.includes(hostname) || (isPublic(hostname) && !isHere(destinationOf(hostname))),
  });
  return server;
}

/** Tries until the ports are open. */
async function openPorts(ports: UdpPorts, ready: (udpPort?: number) => void): Promise<void> {
  for (let tries = 0;; tries++) {
    try {
      const refused = ports.open();
      if (refused.length > 0) {
        const words = "the UDP port is in use on some addresses, where nobody is relayed over UDP";
        tell({ kind: "warning", words, reason: refused.join(" ") });
      }
      return ready(ports.port);
    } catch (error) {
      if (tries === 0) ready();
      if (tries === silentTries) {
        const words = "cannot open the UDP port, so people are relayed over TCP only";
        tell({ kind: "warning", words, reason: reasonOf(error) });
      }
    }
    await new Promise((resume) => setTimeout(resume, retryMs));
  }
}

/** Nothing that comes from outside may end the worker. */
function guard<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    tell({ kind: "fault", error });
  }
}

function now(): number {
  return performance.now();
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
