/** Whether each STUN and TURN server of the settings can be reached, gives a relay, and keeps to what a relay is for. */
import type { IceServer } from "../../protocol/mod.ts";
import { bad, type Check, ok, reasonOf, skipped } from "./check.ts";
import {
  type Credentials,
  lifetime,
  peerAddress,
  type StunAnswer,
  stunRequest,
  stunTypes,
  type StunWay,
  tcpWay,
  udpTransport,
  udpWay,
} from "./stun.ts";

interface Address {
  readonly url: string;
  readonly scheme: "stun" | "turn" | "turns";
  readonly hostname: string;
  readonly port: number;
  readonly transport: "udp" | "tcp";
}

/** One address a relay must not reach into, of each kind. */
const insideAddresses = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.0.1"];

/** Looks at each server that browsers are told of. */
export async function relayChecks(servers: readonly IceServer[]): Promise<Check[]> {
  if (servers.length === 0) {
    return [
      bad("warn", {
        name: "relay",
        seen: "no STUN or TURN server is set",
        fix:
          "people in different networks will often not reach each other: run coturn with deploy/turnserver.conf and set --turn-urls and --turn-secret-file",
      }),
    ];
  }
  const checks = servers.flatMap((server) =>
    [server.urls].flat().map((url) => relayCheck(url, server))
  );
  return (await Promise.all(checks)).flat();
}

async function relayCheck(url: string, server: IceServer): Promise<Check[]> {
  const address = parsed(url);
  const name = `relay ${url}`;
  if (address === undefined) return [skipped(name, "an address the doctor does not understand")];
  let way: StunWay | undefined;
  try {
    way = address.transport === "udp"
      ? udpWay(address.hostname, address.port)
      : await tcpWay(address.hostname, { port: address.port, tls: address.scheme === "turns" });
    return address.scheme === "stun"
      ? [await binding(name, way)]
      : await relayed(name, { way, server });
  } catch (error) {
    return [bad("fail", { name, seen: reasonOf(error), fix: unreachable(address) })];
  } finally {
    way?.close();
  }
}

async function binding(name: string, way: StunWay): Promise<Check> {
  const { mapped, error } = await way.ask(stunRequest(stunTypes.binding));
  return mapped === undefined
    ? bad("fail", {
      name,
      seen: `answered ${error ?? "nothing of use"}`,
      fix: "is it a STUN server?",
    })
    : ok(name, `sees this machine as ${mapped}`);
}

async function relayed(
  name: string,
  { way, server }: { way: StunWay; server: IceServer },
): Promise<Check[]> {
  const asks = await way.ask(stunRequest(stunTypes.allocate, { more: [udpTransport] }));
  const { realm, nonce } = asks;
  if (asks.type === stunTypes.allocateSuccess) {
    return [
      bad("fail", {
        name,
        seen: "gives a relay to everybody, without credentials",
        fix:
          "set use-auth-secret and static-auth-secret in turnserver.conf; as it is, strangers use your network",
      }),
    ];
  }
  const { username, credential: password } = server;
  if (realm === undefined || nonce === undefined || !username || !password) {
    return [bad("fail", { name, seen: `answered ${asks.error}`, fix: "is it a TURN server?" })];
  }
  const credentials = { username, password, realm, nonce };
  const given = await way.ask(
    stunRequest(stunTypes.allocate, { more: [udpTransport], credentials }),
  );
  if (given.relayed === undefined) return [bad("fail", { name, ...refused(given) })];
  const found = ok(name, `relays from ${given.relayed}`);
  const open = await reaches(way, credentials);
  await way.ask(stunRequest(stunTypes.refresh, { more: [lifetime(0)], credentials }))
    .catch(() => {});
  return open.length === 0 ? [found, ok(`${name}, inside`, "is closed to private addresses")] : [
    found,
    bad("fail", {
      name: `${name}, inside`,
      seen: `lets anybody reach ${open.join(", ")} through it`,
      fix: "add the denied-peer-ip lines of deploy/turnserver.conf",
    }),
  ];
}

/** Which inside addresses it would relay to. */
async function reaches(way: StunWay, credentials: Credentials): Promise<string[]> {
  const open: string[] = [];
  for (const address of insideAddresses) {
    const more = [peerAddress(address)];
    const { type } = await way.ask(stunRequest(stunTypes.createPermission, { more, credentials }));
    if (type === stunTypes.createPermissionSuccess) open.push(address);
  }
  return open;
}

function refused({ error }: StunAnswer): { seen: string; fix: string } {
  if (error === 401) {
    return {
      seen: "refuses the credentials (401)",
      fix: "--turn-secret-file and static-auth-secret must be the same, and both clocks right",
    };
  }
  if (error === 486) {
    return { seen: "is at its quota (486)", fix: "raise user-quota and total-quota" };
  }
  return { seen: `answered ${error}`, fix: "look into the log of the relay" };
}

function unreachable({ transport, hostname, port }: Address): string {
  const what = transport === "udp" ? "udp" : "tcp";
  return `is it running, and does a firewall let ${what} ${port} to ${hostname} through? (nft add rule inet filter input ${what} dport ${port} accept)`;
}

function parsed(url: string): Address | undefined {
  const [, scheme, host = "", port, transport] =
    /^(stun|turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(url) ?? [];
  if (scheme !== "stun" && scheme !== "turn" && scheme !== "turns") return undefined;
  return {
    url,
    scheme,
    hostname: host.replace(/^\[|\]$/g, ""),
    port: Number(port ?? (scheme === "turns" ? 5349 : 3478)),
    transport: scheme === "turns" || transport === "tcp" ? "tcp" : "udp",
  };
}
