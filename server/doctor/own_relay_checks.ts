/** Checks of this machine for the relay of this server: its UDP port, and the address it gives. */
import { canonicalAddress } from "../../signaling/mod.ts";
import { isLocalHost, reachableHost } from "../listen_address.ts";
import type { Config } from "../settings/options.ts";
import { attributes, methods } from "../turn/stun_message.ts";
import { isPublic } from "../turn/peer_policy.ts";
import { relayedAddresses } from "../turn/relayed_addresses.ts";
import { turnStart } from "../turn/turn_start.ts";
import { UdpSocket } from "../turn/udp_socket.ts";
import { bad, type Check, listenFailure, ok, reasonOf, skipped } from "./check.ts";
import { addressOf, StunConnection, stunRequest } from "./stun.ts";

/** Runs the checks. `url`: the address of the site. */
export async function ownRelayChecks(config: Config, url: string | undefined): Promise<Check[]> {
  if (!config.turn) return [];
  return [await udpPortCheck(config), await addressCheck(config, url)];
}

async function udpPortCheck(config: Config): Promise<Check> {
  const { hosts, port } = turnStart(config, { port: config.port, secure: false });
  const name = `UDP port ${port}`;
  try {
    for (const hostname of hosts) new UdpSocket({ hostname, port }, () => {}).close();
    return ok(name, "is free for a server with these settings");
  } catch (error) {
    const failure = listenFailure(error, { name, instead: "set --turn-port" });
    if (failure !== undefined) return failure;
  }
  using connection = StunConnection.overUdp(reachableHost(hosts[0] ?? config.host), port);
  const answer = await connection.ask(stunRequest(methods.binding)).catch(() => undefined);
  return answer !== undefined && addressOf(answer, attributes.xorMappedAddress) !== undefined
    ? ok(name, "answers")
    : bad("warn", {
      name,
      seen: "a program that does not answer as STUN listens on it",
      fix: `find it with: ss -lunp 'sport = :${port}'; or choose another with --turn-port`,
    });
}

/** Whether people can send to the address that relayed packets come from. */
async function addressCheck(config: Config, url: string | undefined): Promise<Check> {
  const name = "relayed address";
  const { hosts, publicAddresses } = turnStart(config, { port: config.port, secure: false });
  if (config.turnPorts === "none") return ok(name, "does not matter with --turn-ports none");
  let addresses: readonly string[];
  try {
    addresses = Object.values(await relayedAddresses(publicAddresses, hosts));
  } catch (error) {
    const fix = "set --turn-address to the public addresses of this machine";
    return bad("fail", { name, seen: `--turn-address: ${reasonOf(error)}`, fix });
  }
  const seen = addresses.join(" and ");
  const isGiven = publicAddresses.length > 0;
  if (addresses.some(isPublic)) {
    return ok(name, `${seen}, ${isGiven ? "from --turn-address" : "of this machine"}`);
  }
  const site = await addressOfSite(url);
  if (site === "local") return skipped(name, `${seen}; the site is of this machine only`);
  if (site !== undefined && addresses.includes(site)) {
    return ok(name, `${seen}, that of the site, for people in its network`);
  }
  const such = site === undefined ? "" : `, such as ${site}`;
  const host = isContainer() ? "; for a container, that of its host" : "";
  return bad("warn", {
    name,
    seen: `${
      isGiven ? "--turn-address is" : "this machine has only"
    } ${seen}, which others cannot reach, so some people need the relay at both ends`,
    fix: `set --turn-address to the public address of this machine or its router${such}${host}`,
  });
}

/** An address of the site, or "local"; undefined: it is not known. */
async function addressOfSite(url: string | undefined): Promise<string | undefined> {
  if (url === undefined) return undefined;
  const { hostname } = new URL(url);
  if (isLocalHost(hostname.replace(/^\[|\]$/g, ""))) return "local";
  return canonicalAddress(hostname) ??
    (await Deno.resolveDns(hostname, "A").catch(() => []))[0];
}

function isContainer(): boolean {
  return ["/.dockerenv", "/run/.containerenv"].some((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}
