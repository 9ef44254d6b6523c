/** Composes the parts of a server. */
import { serverLimits } from "../protocol/mod.ts";
import {
  Hub,
  iceProvider,
  type IceSettings,
  isLoopback,
  type RequestFacts,
  signedTokens,
  type Site,
} from "../signaling/mod.ts";
import { AdminGate } from "./admin_gate.ts";
import { AddressList } from "./address_list.ts";
import type { ClusterNode } from "./cluster/cluster_node.ts";
import { type Client, clientOf } from "./client_address.ts";
import { type OpenDoorbell, openDoorbell } from "./doorbell/open.ts";
import { Log } from "./log.ts";
import { memoryLimit, MemoryWatch } from "./memory_watch.ts";
import { Metrics } from "./metrics.ts";
import { ReadLimit } from "./read_limit.ts";
import { RoomsFile } from "./rooms_file.ts";
import { Secrets } from "./secrets.ts";
import type { LiveSettings } from "./settings/live_settings.ts";
import type { Config } from "./settings/options.ts";
import { Webhooks } from "./webhooks.ts";
import { keepStateKey, type KeptKey } from "./state_dir.ts";
import { TurnMembers } from "./turn/turn_members.ts";
import { TurnService } from "./turn/turn_service.ts";

/** The parts of one running server, as routes see them. */
export interface Parley {
  readonly settings: LiveSettings;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly hub: Hub;
  /** Undefined: this server shares its rooms with no other. */
  readonly cluster: ClusterNode | undefined;
  /** In a cluster it is empty, because the store keeps the rules of rooms. */
  readonly rooms: RoomsFile;
  /** Limits how often one address may ask who is in a room. */
  readonly reads: ReadLimit;
  readonly memory: MemoryWatch;
  readonly metrics: Metrics;
  readonly webhooks: Webhooks;
  /** Tells the browsers of owners who comes. */
  readonly doorbell: OpenDoorbell;
  /** The STUN and TURN of this server. */
  readonly turn: TurnService;
  /** Checks the admin token. */
  readonly gate: AdminGate;
  /** Stops the server gracefully, as SIGTERM does. */
  drain(): void;
  /** Resolves when `drain()` was called. */
  readonly drainWanted: Promise<void>;
  /** Who sent a request; `remoteAddress` is the connection's own. */
  clientOf(request: RequestFacts, remoteAddress: string): Client;
  /** How many connections an address may have open; a trusted proxy has all that it wants. */
  connectionsMost(remoteAddress: string): number;
  /** The state folder; undefined: none is writable, and `refusals` gives the reasons. */
  readonly kept: Pick<KeptKey, "folder" | "refusals">;
}

/** The type of `ctx.state`. */
export interface State {
  parley: Parley;
}

const mb = 2 ** 20;

/** Creates the parts. Throws `BadSetting` if a secret cannot be read. */
export function createParley(
  settings: LiveSettings,
  { log = new Log(), cluster }: { log?: Log; cluster?: ClusterNode | undefined } = {},
): Parley {
  const secrets = new Secrets(settings.config, (name) => settings.nameOf(name));
  const { key: keptKey, ...kept } = keepStateKey(settings.config);
  const key = secrets.signingKey ?? keptKey;
  const rooms = new RoomsFile(cluster === undefined ? kept.folder : undefined, log);
  const memory = new MemoryWatch(log, { limit: () => limitOf(settings.config) });
  const readers = clientReader(settings);
  const turn = new TurnService(log, { streamsMost: (address) => readers.streamsMost(address) });
  const metrics: Metrics = new Metrics({
    hub: () => hub.counts(),
    turn: () => turn.counts,
    cluster: cluster?.figures,
  });
  const webhooks = webhooksOf({ settings, secrets, metrics });
  const lasting = kept.folder === undefined ? undefined : key;
  const doorbell = openDoorbell({
    ...{ settings, hub: () => hub, log, metrics },
    signingKey: () => cluster === undefined ? lasting : cluster.key,
  });
  const gate = new AdminGate(() => secrets.admin);
  const { promise: drainWanted, resolve: drain } = Promise.withResolvers<void>();
  const alone = { tokens: signedTokens(key), startedAt: Date.now() };
  const hub: Hub = new Hub({
    ...cluster && { host: cluster.host },
    observers: [
      ...[metrics, webhooks, doorbell.bell],
      ...membersOf(turn, { settings, isStopping: () => hub.isClosed }),
    ],
    get tokens() {
      return (cluster ?? alone).tokens;
    },
    get startedAt() {
      return (cluster ?? alone).startedAt;
    },
    kept: rooms.rooms,
    onKeep: (room, rules) => rooms.keep(room, rules),
    get capacity() {
      return settings.config.roomCapacity;
    },
    get admission() {
      if (settings.config.closed) return "off";
      const isShort = memory.pressure !== "none" || cluster?.isJoined === false;
      return isShort ? "overload" : "open";
    },
    get chatHistory() {
      return settings.config.chatHistory;
    },
    ice: iceProvider(() => iceOf(settings.config, { secrets, turn })),
    onFault: (error) => log.fault("failed to handle an input", error),
  });
  return {
    ...{ settings, secrets, log, hub, cluster, rooms, memory, metrics, webhooks, turn, gate },
    ...{ doorbell, reads: new ReadLimit(), kept, drain, drainWanted },
    ...readers,
  };
}

function membersOf(
  turn: TurnService,
  { settings, isStopping }: { settings: LiveSettings; isStopping: () => boolean },
): TurnMembers[] {
  if (!settings.config.turn) return [];
  const later = (work: () => void) => {
    Deno.unrefTimer(setTimeout(work, settings.config.turnLifetime * 1000));
  };
  return [new TurnMembers(turn, { isStopping, later })];
}

function iceOf(
  { iceServers, turnUrls, turnLifetime }: Config,
  { secrets, turn }: { secrets: Secrets; turn: TurnService },
): IceSettings {
  const lifetimeMs = turnLifetime * 1000;
  const others = secrets.turn === undefined || turnUrls.length === 0
    ? []
    : [{ urlsFor: () => turnUrls, secret: secrets.turn, lifetimeMs }];
  const own = turn.isStarted
    ? [{
      urlsFor: (site: Site | undefined) => turn.urlsFor(site),
      secret: turn.secret,
      lifetimeMs,
    }]
    : [];
  return { fixed: iceServers, relays: [...own, ...others] };
}

function limitOf({ memoryLimit: given }: Config): number | undefined {
  return given === undefined ? memoryLimit() : given * mb;
}

function webhooksOf(
  { settings, secrets, metrics }: Pick<Parley, "settings" | "secrets" | "metrics">,
): Webhooks {
  return new Webhooks({
    target: () => webhookTarget(settings.config, secrets),
    onOutcome: (outcome) => metrics.webhook(outcome),
  });
}

function webhookTarget({ webhookUrl: url }: Config, { webhook: secret }: Secrets) {
  return url === undefined || secret === undefined ? undefined : { url, secret };
}

/** Reads clients with the proxies of the current settings. */
function clientReader(
  settings: LiveSettings,
): Pick<Parley, "clientOf" | "connectionsMost"> & { streamsMost(address: string): number } {
  let list: readonly string[] = [];
  let proxies = new AddressList(list);
  const trusted = () => {
    const { trustProxy } = settings.config;
    if (list !== trustProxy) [list, proxies] = [trustProxy, new AddressList(trustProxy)];
    return proxies;
  };
  const isCounted = (address: string) => !isLoopback(address) && !trusted().includes(address);
  return {
    clientOf: (request, remoteAddress) => clientOf(request, { remoteAddress, trusted: trusted() }),
    connectionsMost: (address) =>
      isCounted(address) ? serverLimits.connectionsPerAddress : Infinity,
    streamsMost: (address) => isCounted(address) ? serverLimits.turnStreamsPerAddress : Infinity,
  };
}
