/** Every setting there is. Flags, variables, file keys, the help and `parley config` are made from this table. */
import { type IceServer, limits } from "../../protocol/mod.ts";
import type { ChatHistory } from "../../signaling/mod.ts";
import { iceServers, iceServersMost, turnUrl } from "./ice_servers.ts";
import * as read from "./readers.ts";

/** One setting. */
export interface Option<T> {
  /** Its environment variable. */
  readonly variable: string;
  readonly fallback: T;
  /** What the help calls its value; "" for a switch. */
  readonly value: string;
  readonly about: string;
  readonly read: read.Reader<T>;
  /** A reload (SIGHUP) gives it its new value; the others need a restart. */
  readonly live?: boolean;
}

/** Keeps each option's own type within one table. */
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
    about: "its key in PEM",
    read: read.some("a file"),
  }),
  "tls-self-signed": option({
    variable: "PARLEY_TLS_SELF_SIGNED",
    fallback: false,
    value: "",
    about:
      "https with a certificate of our own, so that phones on your network get camera and microphone",
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
    about: "where that directory may write to",
    read: read.some("an address"),
  }),
  "acme-directory": option({
    variable: "PARLEY_ACME_DIRECTORY",
    fallback: "https://acme-v02.api.letsencrypt.org/directory",
    value: "URL",
    about: "the directory",
    read: read.webUrl,
  }),
  "redirect-port": option<number | undefined>({
    variable: "PARLEY_REDIRECT_PORT",
    fallback: undefined,
    value: "N",
    about: "one more port whose http requests are sent on to https",
    read: read.whole({ least: 0, most: 65535 }),
  }),
  "base-path": option({
    variable: "PARLEY_BASE_PATH",
    fallback: "",
    value: "PATH",
    about: "where Parley is within its site, for a proxy that passes /talk on as it is",
    read: read.basePath,
  }),
  "closed": option({
    variable: "PARLEY_CLOSED",
    fallback: false,
    value: "",
    about: "takes nobody and ends all calls, until it is taken away again",
    read: read.yesOrNo,
    live: true,
  }),
  "memory-limit": option<number | undefined>({
    variable: "PARLEY_MEMORY_LIMIT",
    fallback: undefined,
    value: "MB",
    about:
      "at three quarters of it nobody new comes in, at nine tenths no socket; else what the machine or container has",
    read: read.whole({ least: 64, most: 1_000_000 }),
    live: true,
  }),
  "room-capacity": option({
    variable: "PARLEY_ROOM_CAPACITY",
    fallback: limits.roomCapacityDefault,
    value: "N",
    about: `people per room, 2 to ${limits.roomCapacityMost}`,
    read: read.whole({ least: 2, most: limits.roomCapacityMost }),
    live: true,
  }),
  "chat-history": option<ChatHistory>({
    variable: "PARLEY_CHAT_HISTORY",
    fallback: "while-occupied",
    value: "POLICY",
    about: "recent chat for late joiners, kept in memory only: while-occupied or none",
    read: read.oneOf("while-occupied", "none"),
    live: true,
  }),
  "allow-origin": option<readonly string[]>({
    variable: "PARLEY_ALLOW_ORIGIN",
    fallback: [],
    value: "ORIGINS",
    about:
      "other origins whose pages may connect, comma-separated; * for all, and for clients without one",
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
      "proxies whose X-Forwarded-For, -Host and -Proto, or Forwarded, are believed: addresses, networks, loopback, private",
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
    about: "relays of yours, comma-separated, e.g. turn:turn.example.org:3478?transport=udp",
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
    about: "how long a relay credential is good for, renewed at half of it",
    read: read.whole({ least: 10, most: 86_400 }),
    live: true,
  }),
  "admin-token-file": option<string | undefined>({
    variable: "PARLEY_ADMIN_TOKEN_FILE",
    fallback: undefined,
    value: "FILE",
    about:
      "file with the token that opens /metrics, /admin and /api; without it they are not there",
    read: read.some("a file"),
    live: true,
  }),
  "webhook-url": option<string | undefined>({
    variable: "PARLEY_WEBHOOK_URL",
    fallback: undefined,
    value: "URL",
    about: "told by POST when rooms open and empty, and who comes and goes",
    read: read.webUrl,
    live: true,
  }),
  "webhook-secret-file": option<string | undefined>({
    variable: "PARLEY_WEBHOOK_SECRET_FILE",
    fallback: undefined,
    value: "FILE",
    about: "file with the secret those are signed with (HMAC-SHA-256)",
    read: read.some("a file"),
    live: true,
  }),
  "state-dir": option<string | undefined>({
    variable: "PARLEY_STATE_DIR",
    fallback: undefined,
    value: "FOLDER",
    about: "where the key is kept by which calls survive a restart",
    read: read.some("a folder"),
  }),
};

/** The settings' names as flags and file keys have them. */
export type OptionName = keyof typeof options;

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** What the server runs with: `--turn-urls` is `turnUrls`. */
export type Config = {
  readonly [Name in OptionName as Camel<Name>]: (typeof options)[Name] extends Option<infer T> ? T
    : never;
};

/** All names, in the order of the help. */
export const optionNames = Object.keys(options).filter((name): name is OptionName =>
  name in options
);

/** The property of `Config` that a setting is. */
export function propertyOf(name: OptionName): keyof Config {
  const property = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (!isProperty(property)) throw new RangeError(`no setting is called ${property}`);
  return property;
}

const properties: ReadonlySet<string> = new Set(
  optionNames.map((name) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())),
);

function isProperty(property: string): property is keyof Config {
  return properties.has(property);
}
