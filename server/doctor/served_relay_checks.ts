/** Checks of the STUN and TURN servers that pages get, with the credentials that pages get. */
import type { IceServer } from "../../protocol/mod.ts";
import { iceProvider } from "../../signaling/mod.ts";
import { AddressList } from "../address_list.ts";
import { Secrets } from "../secrets.ts";
import type { Config } from "../settings/options.ts";
import { bad, type Check, reasonOf, skipped } from "./check.ts";
import { joinCheckRoom } from "./check_room.ts";
import { relayChecks } from "./relay_checks.ts";

/** Runs the checks. With the address of a site they ask it, else only what `config` names. */
export async function servedRelayChecks(
  config: Config,
  url: string | undefined,
): Promise<Check[]> {
  const allowed = new AddressList(config.turnAllowPeers);
  const rules = {
    ownHost: undefined,
    allowed: (address: string) => allowed.includes(address),
    range: config.turnPorts,
  };
  const configured = configuredServers(config);
  if (url === undefined) {
    const name = "relay of this server";
    const found = await relayChecks(configured, rules);
    if (config.turn) return [...found, skipped(name, "give the address of the site to check it")];
    return configured.length === 0 ? [noRelay(config)] : found;
  }
  try {
    // A credential of the own relay is valid while its peer is a member.
    await using room = await joinCheckRoom(url);
    if (room.iceServers.length === 0) return [noRelay(config)];
    const { hostname } = new URL(url);
    const found = await relayChecks(room.iceServers, { ...rules, ownHost: unbracketed(hostname) });
    return [...found, ...missingWays(room.iceServers, new URL(url))];
  } catch (error) {
    const name = "relays of pages";
    const seen = `unknown, because the doctor could not join a room: ${reasonOf(error)}`;
    return [skipped(name, seen), ...await relayChecks(configured, rules)];
  }
}

/** Servers other than this one. */
function configuredServers(config: Config): readonly IceServer[] {
  const { iceServers, turnUrls, turnLifetime } = config;
  const { turn: secret } = new Secrets(config);
  const relays = secret === undefined || turnUrls.length === 0
    ? []
    : [{ urlsFor: () => turnUrls, secret, lifetimeMs: turnLifetime * 1000 }];
  return iceProvider(() => ({ fixed: iceServers, relays })).serversFor(
    { peerId: "doctor", site: undefined },
    Date.now(),
  );
}

function noRelay({ turn }: Config): Check {
  return bad("warn", {
    name: "relay",
    seen: turn
      ? "pages get no STUN or TURN server, so people in different networks often cannot connect"
      : "--no-turn is set and no other STUN or TURN server, so people in different networks often " +
        "cannot connect",
    fix: turn
      ? "let Parley listen on an address that people reach; see docs/deploy.md, Behind a proxy"
      : "remove --no-turn, or set --turn-urls and --turn-secret-file",
  });
}

/** The ways to the site's own relay that pages are not told of. */
function missingWays(servers: readonly IceServer[], { protocol, hostname }: URL): Check[] {
  const own = servers.flatMap(({ urls }) => [urls].flat())
    .filter((url) => /^turns?:/.test(url) && url.includes(`:${hostname}:`));
  if (own.length === 0) return [];
  const checks: Check[] = [];
  if (!own.some((url) => url.endsWith("?transport=udp"))) {
    checks.push(bad("warn", {
      name: "relay over UDP",
      seen: "not offered, because the server could not open its UDP port; TCP is slower",
      fix: "read the log of the server, and choose another port with --turn-port",
    }));
  }
  if (protocol === "https:" && !own.some((url) => url.startsWith("turns:"))) {
    const seen = "not offered, because a proxy has the certificate; see docs/deploy.md, " +
      "Behind a proxy";
    checks.push(skipped("relay over TLS", seen));
  }
  return checks;
}

function unbracketed(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
