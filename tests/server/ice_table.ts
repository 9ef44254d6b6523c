// ICE settings, accepted and refused. One test reads the table by Parley's reader, one by browsers.

/** One setting: a list of RTCIceServer. */
export interface IceCase {
  readonly about: string;
  readonly servers: unknown;
}

const credentials = { username: "u", credential: "c" };
const one = (urls: unknown): IceCase => ({ about: String(urls), servers: [{ urls }] });
const relay = (urls: unknown): IceCase => ({
  about: String(urls),
  servers: [{ urls, ...credentials }],
});

/** A browser makes a connection of each. */
export const accepted: readonly IceCase[] = [
  { about: "no servers", servers: [] },
  one("stun:stun.example.org"),
  one("stun:stun.example.org:3478"),
  one("stun:stun.example.org:65535"),
  one("stun:stun.example.org:53"),
  one("stun:stun.example.org."),
  one("STUN:stun.example.org"),
  one("  stun:stun.example.org "),
  one("stun:a_b.example"),
  one("stun:bücher.example"),
  one("stun:192.0.2.1:3478"),
  one("stun:[2001:db8::1]"),
  one("stun:[2001:DB8::1]:3478"),
  one("stun:[::ffff:192.0.2.1]"),
  one(["stun:a.example", "stun:b.example"]),
  relay("turn:turn.example.org"),
  relay("turns:turn.example.org"),
  relay("turn:turn.example.org:443?transport=tcp"),
  relay("turn:turn.example.org?transport=udp"),
  relay("turns:turn.example.org?transport=tcp"),
  relay("turn:[2001:db8::1]:443?transport=tcp"),
  relay(["stun:a.example", "turn:b.example", "turns:b.example:5349"]),
  {
    about: "a long user name",
    servers: [{ urls: "turn:a.example", username: "u".repeat(509), credential: "c" }],
  },
  {
    about: "STUN with credentials that are empty",
    servers: [{ urls: "stun:a.example", username: "", credential: "" }],
  },
];

/** Chromium or Firefox throws on each. */
export const refused: readonly IceCase[] = [
  { about: "no addresses", servers: [{ urls: [] }] },
  { about: "no urls", servers: [{}] },
  { about: "no server", servers: [null] },
  one(""),
  one([""]),
  one("stun"),
  one("stun:"),
  one("stun:?"),
  one("stun::3478"),
  one("stun:[]"),
  one("stun.example.org"),
  one("stun.example.org:3478"),
  one("192.0.2.1:3478"),
  one("http://stun.example.org"),
  one("stun://stun.example.org"),
  one("stuns:stun.example.org"),
  one("stun:stun.example.org/"),
  one("stun:stun.example.org/path"),
  one("stun:stun.example.org?transport=udp"),
  one("stun:stun.example.org?"),
  one("stun:stun.example.org#a"),
  one("stun:user@stun.example.org"),
  one("stun:stun.example.org:0"),
  one("stun:stun.example.org:65536"),
  one("stun:stun.example.org:"),
  one("stun:stun.example.org:http"),
  one("stun:stun.example.org:-1"),
  one("stun:stun.example.org:1:2"),
  one("stun:stun.example.org:25"),
  one("stun:stun.example.org:6000"),
  one("stun: stun.example.org"),
  one("stun:stun example.org"),
  one("stun:2001:db8::1"),
  one("stun:[2001:db8::1"),
  one("stun:[2001:db8::g]"),
  one("stun:[192.0.2.1]"),
  one("stun:[stun.example.org]"),
  one("stun:[fe80::1%25eth0]"),
  one("stun:999.1.1.1"),
  one(["stun:a.example", "a.example"]),
  one("turn:turn.example.org"),
  one(["stun:a.example", "turn:b.example"]),
  relay("turn:turn.example.org?transport=tls"),
  relay("turn:turn.example.org?transport=sctp"),
  relay("turn:turn.example.org?transport=UDP"),
  relay("turn:turn.example.org?transport="),
  relay("turn:turn.example.org?transport"),
  relay("turn:turn.example.org?"),
  relay("turn:turn.example.org?ttl=1"),
  relay("turn:turn.example.org?transport=udp&ttl=1"),
  relay("turn:turn.example.org?transport=udp?"),
  relay("turn:turn.example.org:99999?transport=udp"),
  relay("turn:2001:db8::1?transport=udp"),
  relay("turn:user@turn.example.org"),
  { about: "no credential", servers: [{ urls: "turn:a.example", username: "u" }] },
  { about: "no user name", servers: [{ urls: "turns:a.example", credential: "c" }] },
  {
    about: "an empty user name",
    servers: [{ urls: "turn:a.example", username: "", credential: "c" }],
  },
  {
    about: "an empty credential",
    servers: [{ urls: "turn:a.example", username: "u", credential: "" }],
  },
  {
    about: "a user name of 510 bytes",
    servers: [{ urls: "turn:a.example", username: "ü".repeat(255), credential: "c" }],
  },
];
