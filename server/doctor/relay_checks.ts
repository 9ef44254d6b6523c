/** Checks of each STUN and TURN server: it answers, it relays, and it refuses private addresses. */
import type { IceServer } from "../../protocol/mod.ts";
import { bad, type Check, ok, reasonOf, skipped } from "./check.ts";
import {
  connectTcp,
  connectUdp,
  type Credentials,
  lifetime,
  peerAddress,
  type StunAnswer,
  type StunConnection,
  stunRequest,
  stunTypes,
  udpTransport,
} from "./stun.ts";

interface Address {
  readonly url: string;
  readonly scheme: "stun" | "turn" | "turns";
  readonly hostname: string;
  readonly port: number;
  readonly transport: "udp" | "tcp";
}

/** Addresses that a relay must not reach, one of each kind. */
const privateAddresses = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.0.1"];

/** Checks each server that browsers get. */
export async function relayChecks(servers: readonly IceServer[]): Promise<Check[]> {
  if (servers.length === 0) {
    return [
      bad("warn", {
        name: "relay",
        seen: "no STUN or TURN server is set, so people in different networks often cannot connect",
        fix: "run coturn with deploy/turnserver.conf; set --turn-urls and --turn-secret-file",
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
  if (address === undefined) return [skipped(name, "the doctor cannot read this address")];
  let connection: StunConnection | undefined;
  try {
    connection = address.transport === "udp"
      ? connectUdp(address.hostname, address.port)
      : await connectTcp(address.hostname, { port: address.port, tls: address.scheme === "turns" });
    return address.scheme === "stun"
      ? [await binding(name, connection)]
      : await relayed(name, { connection, server });
  } catch (error) {
    return [bad("fail", { name, seen: reasonOf(error), fix: unreachable(address) })];
  } finally {
    connection?.close();
  }
}

async function binding(name: string, connection: StunConnection): Promise<Check> {
  const { mapped, error } = await connection.ask(stunRequest(stunTypes.binding));
  return mapped === undefined
    ? bad("fail", {
      name,
      seen: error === undefined ? "the answer holds no address" : `answered ${error}`,
      fix: "check that it is a STUN server",
    })
    : ok(name, `sees this machine as ${mapped}`);
}

async function relayed(
  name: string,
  { connection, server }: { connection: StunConnection; server: IceServer },
): Promise<Check[]> {
  const first = await connection.ask(stunRequest(stunTypes.allocate, { more: [udpTransport] }));
  const { realm, nonce } = first;
  if (first.type === stunTypes.allocateSuccess) {
    return [
      bad("fail", {
        name,
        seen: "relays for everybody without credentials, so strangers can use your network",
        fix: "set use-auth-secret and static-auth-secret in turnserver.conf",
      }),
    ];
  }
  const { username, credential: password } = server;
  if (realm === undefined || nonce === undefined || !username || !password) {
    const fix = "check that it is a TURN server";
    return [bad("fail", { name, seen: `answered ${first.error ?? "without an error"}`, fix })];
  }
  const credentials = { username, password, realm, nonce };
  const given = await connection.ask(
    stunRequest(stunTypes.allocate, { more: [udpTransport], credentials }),
  );
  if (given.relayed === undefined) return [bad("fail", { name, ...refused(given) })];
  const found = ok(name, `relays from ${given.relayed}`);
  const open = await reaches(connection, credentials);
  await connection.ask(stunRequest(stunTypes.refresh, { more: [lifetime(0)], credentials }))
    .catch(() => {});
  return open.length === 0 ? [found, ok(`${name}, inside`, "is closed to private addresses")] : [
    found,
    bad("fail", {
      name: `${name}, inside`,
      seen: `lets people reach ${open.join(", ")}`,
      fix: "add the denied-peer-ip lines of deploy/turnserver.conf",
    }),
  ];
}

/** The private addresses that it relays to. */
async function reaches(connection: StunConnection, credentials: Credentials): Promise<string[]> {
  const open: string[] = [];
  for (const address of privateAddresses) {
    const more = [peerAddress(address)];
    const { type } = await connection.ask(
      stunRequest(stunTypes.createPermission, { more, credentials }),
    );
    if (type === stunTypes.createPermissionSuccess) open.push(address);
  }
  return open;
}

function refused({ error }: StunAnswer): { seen: string; fix: string } {
  if (error === 401) {
    return {
      seen: "refuses the credentials (401)",
      fix: "use one secret for --turn-secret-file and static-auth-secret, and check both clocks",
    };
  }
  if (error === 486) {
    return { seen: "has reached its quota (486)", fix: "raise user-quota and total-quota" };
  }
  return { seen: `answered ${error}`, fix: "read the log of the relay" };
}

function unreachable({ transport, hostname, port }: Address): string {
  const rule = `nft add rule inet filter input ${transport} dport ${port} accept`;
  return `check that it is running and that firewalls pass ${transport} ${port} to ${hostname}: ${rule}`;
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
