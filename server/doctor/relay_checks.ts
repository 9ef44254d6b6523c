/** Checks of each STUN and TURN server: it answers, it relays, and it refuses private addresses. */
import type { IceServer } from "../../protocol/mod.ts";
import { attributes, methods, numberAttribute, readText } from "../turn/stun_message.ts";
import type { StunMessage } from "../turn/stun_message.ts";
import { bad, type Check, ok, reasonOf, skipped } from "./check.ts";
import { relayPortsCheck } from "./relay_ports_check.ts";
import {
  addressOf,
  type Credentials,
  errorOf,
  placeOf,
  StunConnection,
  stunRequest,
  udpTransport,
} from "./stun.ts";

interface Address {
  readonly url: string;
  readonly scheme: "stun" | "turn" | "turns";
  readonly hostname: string;
  readonly port: number;
  readonly transport: "udp" | "tcp";
}

/** What is expected of relays. */
export interface RelayRules {
  /** The host of the site; undefined: no server is Parley itself. */
  readonly ownHost: string | undefined;
  /** The private addresses that Parley's own relay may reach. */
  readonly allowed: (address: string) => boolean;
  /** The ports that it relays from, or "none". */
  readonly range: string;
}

/** One server, and how it is reached. */
interface Subject {
  readonly name: string;
  readonly server: IceServer;
  readonly address: Address;
  /** Whether it is Parley's own. */
  readonly isOwn: boolean;
  readonly connection: StunConnection;
  readonly rules: RelayRules;
}

/** Addresses that a relay must not reach, one of each kind. */
const privateAddresses = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.0.1"];

/** Checks each address of each server that browsers get. */
export async function relayChecks(
  servers: readonly IceServer[],
  rules: RelayRules,
): Promise<Check[]> {
  const checks = servers.flatMap((server) =>
    [server.urls].flat().map((url) => relayCheck(url, { server, rules }))
  );
  return (await Promise.all(checks)).flat();
}

async function relayCheck(
  url: string,
  { server, rules }: { server: IceServer; rules: RelayRules },
): Promise<Check[]> {
  const address = parsed(url);
  const name = `relay ${url}`;
  if (address === undefined) return [skipped(name, "the doctor cannot read this address")];
  const { hostname, port, scheme, transport } = address;
  const isOwn = hostname === rules.ownHost;
  try {
    using connection = transport === "udp"
      ? StunConnection.overUdp(hostname, port)
      : await StunConnection.overTcp(hostname, { port, tls: scheme === "turns" });
    return scheme === "stun"
      ? [await binding(name, connection)]
      : await relayed({ name, server, address, isOwn, connection, rules });
  } catch (error) {
    // Without one of the ways over TCP, most people still connect.
    const state = isOwn && transport === "tcp" ? "warn" : "fail";
    return [bad(state, { name, seen: reasonOf(error), fix: unreachable(address, isOwn) })];
  }
}

async function binding(name: string, connection: StunConnection): Promise<Check> {
  const answer = await connection.ask(stunRequest(methods.binding));
  const mapped = addressOf(answer, attributes.xorMappedAddress);
  const error = errorOf(answer);
  return mapped === undefined
    ? bad("fail", {
      name,
      seen: error === undefined ? "the answer holds no address" : `answered ${error}`,
      fix: "check that it is a STUN server",
    })
    : ok(name, `sees this machine as ${placeOf(mapped)}`);
}

async function relayed(subject: Subject): Promise<Check[]> {
  const { name, server, connection } = subject;
  const list = [udpTransport];
  const first = await connection.ask(stunRequest(methods.allocate, { list }));
  if (first.kind === "success") {
    return [
      bad("fail", {
        name,
        seen: "relays for everybody without credentials, so strangers can use your network",
        fix: "set use-auth-secret and static-auth-secret in turnserver.conf",
      }),
    ];
  }
  const realm = readText(first, attributes.realm);
  const nonce = readText(first, attributes.nonce);
  const { username, credential: password } = server;
  if (realm === undefined || nonce === undefined || !username || !password) {
    const fix = "check that it is a TURN server";
    return [bad("fail", { name, seen: `answered ${errorOf(first) ?? "without an error"}`, fix })];
  }
  const credentials = { username, password, realm, nonce };
  const given = await connection.ask(stunRequest(methods.allocate, { list, credentials }));
  const from = addressOf(given, attributes.xorRelayedAddress);
  if (from === undefined) return [bad("fail", { name, ...refused(given, subject.isOwn) })];
  const checks = [
    ok(name, `relays from ${placeOf(from)}`),
    await insideCheck(subject, credentials),
  ];
  const mapped = addressOf(given, attributes.xorMappedAddress);
  // Once is enough: all ways to a relay share its ports.
  if (subject.isOwn && subject.address.transport === "udp" && mapped !== undefined) {
    const { range } = subject.rules;
    checks.push(await relayPortsCheck(connection, { credentials, relayed: from, mapped, range }));
  }
  await connection.ask(
    stunRequest(methods.refresh, { list: [numberAttribute(attributes.lifetime, 0)], credentials }),
  ).catch(() => {});
  return checks;
}

/** Which private addresses it relays to. */
async function insideCheck(
  { name: relay, isOwn, connection, rules }: Subject,
  credentials: Credentials,
): Promise<Check> {
  const name = `${relay}, inside`;
  const open: string[] = [];
  for (const hostname of privateAddresses) {
    const peers = [{ hostname, port: 9 }];
    const answer = await connection.ask(
      stunRequest(methods.createPermission, { peers, credentials }),
    );
    if (answer.kind === "success") open.push(hostname);
  }
  if (open.length === 0) return ok(name, "is closed to private addresses");
  if (isOwn && open.every(rules.allowed)) {
    return ok(name, `lets people reach ${open.join(", ")}, as --turn-allow-peers says`);
  }
  return bad("fail", {
    name,
    seen: `lets people reach ${open.join(", ")}`,
    fix: isOwn
      ? "run the doctor with the settings of the server, or check --turn-allow-peers there"
      : "add the denied-peer-ip lines of deploy/turnserver.conf",
  });
}

function refused(answer: StunMessage, isOwn: boolean): { seen: string; fix: string } {
  const error = errorOf(answer);
  if (error === 401) {
    return {
      seen: "refuses the credentials (401)",
      fix: isOwn
        ? "find out which program answers on this port; it does not know this server's people"
        : "use one secret for --turn-secret-file and static-auth-secret, and check both clocks",
    };
  }
  if (error === 486) {
    return { seen: "has reached its quota (486)", fix: "raise user-quota and total-quota" };
  }
  if (error === 508) {
    return { seen: "has no port left (508)", fix: "widen --turn-ports, or min-port and max-port" };
  }
  return { seen: `answered ${error}`, fix: "read the log of the relay" };
}

function unreachable({ transport, hostname, port }: Address, isOwn: boolean): string {
  const rule = `nft add rule inet filter input ${transport} dport ${port} accept`;
  if (!isOwn) {
    return `check that it is running and that firewalls pass ${transport} ${port} to ${hostname}: ${rule}`;
  }
  return transport === "udp"
    ? `let UDP ${port} through, in the firewall (${rule}), in the security group of a cloud, and in ` +
      `Docker (-p ${port}:${port}/udp)`
    : `let TCP ${port} through to Parley itself (${rule}); an http proxy on this port cannot relay`;
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
