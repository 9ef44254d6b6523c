/** How the relay of this server is started, as the settings say. */
import { isLocalHost, listenHosts } from "../listen_address.ts";
import type { Parley } from "../parley.ts";
import { isRelayPort } from "../settings/ice_servers.ts";
import type { Config } from "../settings/options.ts";
import { boundsOf } from "../settings/turn_readers.ts";
import type { TurnStart } from "./turn_service.ts";

const bytesPerMbit = 125_000;

/** What the pages are loaded from. */
interface Pages {
  readonly port: number;
  /** Whether the port has TLS. */
  readonly secure: boolean;
}

/** Starts the relay of this server. */
export function startTurn(
  { turn, settings, log }: Pick<Parley, "turn" | "settings" | "log">,
  pages: Pages,
): void {
  const start = turnStart(settings.config, pages);
  turn.start(start);
  const { port } = start;
  if (isRelayPort(port)) return;
  log.line("warn", "browsers use no relay on this port; choose one with --turn-port", { port });
}

/** Where the relay answers, and how it relays. */
export function turnStart(config: Config, { port, secure }: Pages): TurnStart {
  const { host, turnPort, turnAddress, turnPorts, turnMbit, turnAllowPeers } = config;
  // Behind a proxy on this machine, pages come from loopback, and packets cannot.
  const isWide = isLocalHost(host) && (turnPort !== undefined || turnAddress.length > 0);
  const { least, most } = boundsOf(turnPorts);
  const udpPort = turnPort ?? port;
  return {
    hosts: listenHosts(isWide ? "::" : host),
    port: udpPort,
    // Who lets the system choose the port of pages has opened none for packets.
    isAnyPort: turnPort === undefined && config.port === 0,
    publicAddresses: turnAddress,
    range: turnPorts === "none" ? undefined : [least, most],
    bytesPerSecond: turnMbit && turnMbit * bytesPerMbit,
    allowPeers: turnAllowPeers,
    udp: { port: udpPort, isLocal: isLocalHost(host) && !isWide },
    tcp: config.transport === "own" ? { port, isLocal: isLocalHost(host) } : undefined,
    secure,
    // The name of the site leads to all nodes of a cluster.
    own: config.redis === undefined ? [] : turnAddress,
  };
}
