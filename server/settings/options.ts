/** The table of all settings. It defines flags, variables, file keys, help and `parley config`. */
import { type IceServer, limits, serverLimits } from "../../protocol/mod.ts";
import type { ChatHistory } from "../../signaling/mod.ts";
import { iceServers, iceServersMost, turnUrl } from "./ice_servers.ts";
import * as read from "./readers.ts";
import { redisPrefix, redisUrl } from "./redis_url.ts";
import { icePort, portRange, relayAddresses, type RelayPorts } from "./turn_readers.ts";

/** One setting. */
export interface Option<T> {
  /** Its environment variable. */
  readonly variable: string;
  readonly fallback: T;
  /** The placeholder for its value in the help; "" for a switch. */
  readonly value: string;
  /** Its description in the help. */
  readonly about: string;
  readonly read: read.Reader<T>;
  /** Whether a reload (SIGHUP) applies a new value; other settings need a restart. */
  readonly live?: boolean;
}

/** Infers the type of each option inside the table. */
function option<T>(entry: Option<T>): Option<T> {
  return entry;
}

/** The table, by flag name. */
export const options = {
  "port": option({
    variable: "PORT",
    fallback: 8000,
    value: "N",
    about: "port to listen on, 0 for any free one",
    read: read.whole({ least: 0, most: 65535 }),
  }),
  "host": option({
    variable: "HOST",
    fallback: "::",
    value: "ADDRESS",
    about: "address to listen on; :: is every interface over IPv6 and IPv4, 0.0.0.0 over IPv4 only",
    read: read.listenAddress,
  }),
  "transport": option<"own" | "deno">({
    variable: "PARLEY_TRANSPORT",
    fallback: "own",
    value: "WHICH",
    about: "what serves sockets: own, or deno for Deno's own server without most limits",
    read: read.oneOf("own", "deno"),
  }),
  "tls-cert": option<string | undefined>({
    variable: "PARLEY_TLS_CERT",
    fallback: undefined,
    value: "FILE",
    about: "certificate in PEM, with its chain; read again when it changes",
    read: read.some("a file"),
  }),
  "tls-key": option<string | undefined>({
    variable: "PARLEY_TLS_KEY",
    fallback: undefined,
    value: "FILE",
    about: "private key of the certificate in PEM",
    read: read.some("a file"),
  }),
  "tls-self-signed": option({
    variable: "PARLEY_TLS_SELF_SIGNED",
    fallback: false,
    value: "",
    about:
      "https with a self-signed certificate, so that phones on your network can use camera and microphone",
    read: read.yesOrNo,
  }),
  "acme-domain": option<readonly string[]>({
    variable: "PARLEY_ACME_DOMAIN",
    fallback: [],
    value: "NAMES",
    about:
      "https with certificates from an ACME directory for these names, comma-separated; agrees to its terms",
    read: read.list(read.domain),
  }),
  "acme-email": option<string | undefined>({
    variable: "PARLEY_ACME_EMAIL",
    fallback: undefined,
    value: "ADDRESS",
    about: "contact address for the ACME directory",
    read: read.some("an address"),
  }),
  "acme-directory": option({
    variable: "PARLEY_ACME_DIRECTORY",
    fallback: "https://acme-v02.api.letsencrypt.org/directory",
    value: "URL",
    about: "address of the ACME directory",
    read: read.webUrl,
  }),
  "redirect-port": option<number | undefined>({
    variable: "PARLEY_REDIRECT_PORT",
    fallback: undefined,
    value: "N",
    about: "a second port that redirects http requests to https",
    read: read.whole({ least: 0, most: 65535 }),
  }),
  "base-path": option({
    variable: "PARLEY_BASE_PATH",
    fallback: "",
    value: "PATH",
    about: "path of Parley within its site, such as /talk; the proxy must pass it on unchanged",
    read: read.basePath,
  }),
  "closed": option({
    variable: "PARLEY_CLOSED",
    fallback: false,
    value: "",
    about: "admits nobody and ends all calls until the setting is removed",
    read: read.yesOrNo,
    live: true,
  }),
  "memory-limit": option<number | undefined>({
    variable: "PARLEY_MEMORY_LIMIT",
    fallback: undefined,
    value: "MB",
    about:
      "refuses joins at 75 % of it and sockets at 90 %; by default the limit of the container or machine",
    read: read.whole({ least: 64, most: 1_000_000 }),
    live: true,
  }),
  "room-capacity": option({
    variable: "PARLEY_ROOM_CAPACITY",
    fallback: serverLimits.roomCapacityDefault,
    value: "N",
    about: `people per room, 2 to ${limits.roomCapacityMost}`,
    read: read.whole({ least: 2, most: limits.roomCapacityMost }),
    live: true,
  }),
  "chat-history": option<ChatHistory>({
    variable: "PARLEY_CHAT_HISTORY",
    fallback: "while-occupied",
    value: "POLICY",
    about:
      "recent chat for people who join late, forgotten when all have left: while-occupied or none",
    read: read.oneOf("while-occupied", "none"),
    live: true,
  }),
  "allow-origin": option<readonly string[]>({
    variable: "PARLEY_ALLOW_ORIGIN",
    fallback: [],
    value: "ORIGINS",
    about:
      "other origins whose pages may connect, comma-separated; * admits all, and clients without an origin",
    read: read.list(read.originOrAll),
    live: true,
  }),
  "embed-origins": option<readonly string[]>({
    variable: "PARLEY_EMBED_ORIGINS",
    fallback: [],
    value: "ORIGINS",
    about: "origins whose pages may show rooms in a frame, comma-separated",
    read: read.list(read.origin),
    live: true,
  }),
  "trust-proxy": option<readonly string[]>({
    variable: "PARLEY_TRUST_PROXY",
    fallback: [],
    value: "ADDRESSES",
    about:
      "proxies whose X-Forwarded-For, -Host, -Proto or Forwarded count: addresses, networks, loopback, private",
    read: read.list(read.proxy),
    live: true,
  }),
  "ice-servers": option<readonly IceServer[]>({
    variable: "PARLEY_ICE_SERVERS",
    fallback: [],
    value: "JSON",
    about: 'STUN and TURN for the browsers, e.g. [{"urls":"stun:stun.example.org"}]',
    read: iceServers,
    live: true,
  }),
  "turn-urls": option<readonly string[]>({
    variable: "PARLEY_TURN_URLS",
    fallback: [],
    value: "URLS",
    about: "other relays, comma-separated, e.g. turn:turn.example.org:3478?transport=udp",
    read: read.list(turnUrl, iceServersMost),
    live: true,
  }),
  "turn-secret-file": option<string | undefined>({
    variable: "PARLEY_TURN_SECRET_FILE",
    fallback: undefined,
    value: "FILE",
    about: "file with the secret shared with those relays (coturn: static-auth-secret)",
    read: read.some("a file"),
    live: true,
  }),
  "turn-lifetime": option({
    variable: "PARLEY_TURN_LIFETIME",
    fallback: 3600,
    value: "SECONDS",
    about: "how long a relay credential is valid; it is renewed after half of that",
    read: read.whole({ least: 10, most: 86_400 }),
    live: true,
  }),
  "turn": option({
    variable: "PARLEY_TURN",
    fallback: true,
    value: "",
    about: "no STUN and TURN of this server; it relays calls that find no direct path",
    read: read.yesOrNo,
  }),
  "turn-port": option<number | undefined>({
    variable: "PARLEY_TURN_PORT",
    fallback: undefined,
    value: "N",
    about: "UDP port of this server's STUN and TURN; by default the number of --port",
    read: icePort,
  }),
  "turn-address": option<readonly string[]>({
    variable: "PARLEY_TURN_ADDRESS",
    fallback: [],
    value: "ADDRESSES",
    about: "public address of this machine if it is behind NAT: IPv4, IPv6 or both, or a name",
    read: relayAddresses,
  }),
  "turn-ports": option<RelayPorts>({
    variable: "PARLEY_TURN_PORTS",
    fallback: "49152-65535",
    value: "RANGE",
    about: "UDP ports to relay from; none: relays only between people who both use this relay",
    read: portRange,
  }),
  "turn-mbit": option<number | undefined>({
    variable: "PARLEY_TURN_MBIT",
    fallback: undefined,
    value: "N",
    about: "most that is relayed for everybody together, Mbit/s",
    read: read.whole({ least: 1, most: 1_000_000 }),
  }),
  "turn-allow-peers": option<readonly string[]>({
    variable: "PARLEY_TURN_ALLOW_PEERS",
    fallback: [],
    value: "LIST",
    about:
      "internal addresses that people may be relayed to: addresses, networks, loopback, private",
    read: read.list(read.proxy),
  }),
  "admin-token-file": option<string | undefined>({
    variable: "PARLEY_ADMIN_TOKEN_FILE",
    fallback: undefined,
    value: "FILE",
    about:
      "file with the token that opens /metrics, /admin and /api; without it these paths do not exist",
    read: read.some("a file"),
    live: true,
  }),
  "webhook-url": option<string | undefined>({
    variable: "PARLEY_WEBHOOK_URL",
    fallback: undefined,
    value: "URL",
    about: "gets a POST when a room opens or empties and when a person joins or leaves",
    read: read.webUrl,
    live: true,
  }),
  "webhook-secret-file": option<string | undefined>({
    variable: "PARLEY_WEBHOOK_SECRET_FILE",
    fallback: undefined,
    value: "FILE",
    about: "file with the secret that signs these requests (HMAC-SHA-256)",
    read: read.some("a file"),
    live: true,
  }),
  "doorbell": option({
    variable: "PARLEY_DOORBELL",
    fallback: true,
    value: "",
    about: "no notices to the browsers of room owners, who get them if they switch them on",
    read: read.yesOrNo,
    live: true,
  }),
  "doorbell-contact": option<string | undefined>({
    variable: "PARLEY_DOORBELL_CONTACT",
    fallback: undefined,
    value: "ADDRESS",
    about: "mailto: or https: address by which push services reach the operator",
    read: read.contact,
    live: true,
  }),
  "doorbell-origins": option<readonly string[]>({
    variable: "PARLEY_DOORBELL_ORIGINS",
    fallback: [],
    value: "ORIGINS",
    about: "push services that may have internal addresses or plain http, comma-separated",
    read: read.list(read.origin),
    live: true,
  }),
  "state-dir": option<string | undefined>({
    variable: "PARLEY_STATE_DIR",
    fallback: undefined,
    value: "FOLDER",
    about:
      "folder for the key that lets calls survive a restart, and for the decisions of room owners",
    read: read.some("a folder"),
  }),
  "secret-file": option<string | undefined>({
    variable: "PARLEY_SECRET_FILE",
    fallback: undefined,
    value: "FILE",
    about: "file with a secret text that takes the place of that key; the same for all nodes",
    read: read.some("a file"),
  }),
  "redis": option<string | undefined>({
    variable: "PARLEY_REDIS",
    fallback: undefined,
    value: "URL",
    about: "shares all rooms with the other nodes at this Redis, e.g. redis://10.0.0.5:6379",
    read: redisUrl,
  }),
  "redis-prefix": option({
    variable: "PARLEY_REDIS_PREFIX",
    fallback: "parley",
    value: "TEXT",
    about: "what the keys and channels in Redis begin with; the same for all nodes",
    read: redisPrefix,
  }),
  "redis-password-file": option<string | undefined>({
    variable: "PARLEY_REDIS_PASSWORD_FILE",
    fallback: undefined,
    value: "FILE",
    about: "file with the password for Redis",
    read: read.some("a file"),
  }),
  "redis-ca-file": option<string | undefined>({
    variable: "PARLEY_REDIS_CA_FILE",
    fallback: undefined,
    value: "FILE",
    about: "certificates in PEM to trust for rediss://, besides the usual ones",
    read: read.some("a file"),
  }),
};

/** The name of a setting, as a flag and as a key of the file. */
export type OptionName = keyof typeof options;

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** The values of all settings, in camel case: `--turn-urls` is `turnUrls`. */
export type Config = {
  readonly [Name in OptionName as Camel<Name>]: (typeof options)[Name] extends Option<infer T> ? T
    : never;
};

/** The names of all settings, in the order of the help. */
export const optionNames = Object.keys(options).filter((name): name is OptionName =>
  name in options
);

/** The flag of a setting: `--port`, or `--no-turn` for a switch that is on by default. */
export function flagOf(name: OptionName): string {
  return options[name].fallback === true ? `--no-${name}` : `--${name}`;
}

/** The property of `Config` for a setting. */
export function propertyOf(name: OptionName): keyof Config {
  const property = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (!isProperty(property)) throw new RangeError(`no setting has the name ${property}`);
  return property;
}

const properties: ReadonlySet<string> = new Set(
  optionNames.map((name) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())),
);

function isProperty(property: string): property is keyof Config {
  return properties.has(property);
}
