import { assert, assertEquals } from "../assert.ts";
import { readCommand } from "../../server/settings/command.ts";
import { LiveSettings } from "../../server/settings/live_settings.ts";
import type { Config } from "../../server/settings/options.ts";
import { readSettings } from "../../server/settings/settings.ts";

interface Around {
  env?: Record<string, string>;
  /** Settings files by their names. */
  files?: Record<string, string>;
}

function command(args: string[], { env = {}, files = {} }: Around = {}) {
  const readText = (path: string) => {
    const text = files[path];
    if (text === undefined) throw new Deno.errors.NotFound("No such file");
    return text;
  };
  return readCommand({ args, env, readText });
}

function config(args: string[], around?: Around): Config {
  const read = command(args, around);
  assert(read.kind === "serve", JSON.stringify(read));
  return read.settings.config;
}

function refusals(args: string[], around?: Around): readonly string[] {
  const read = command(args, around);
  assert(read.kind === "refuse", JSON.stringify(read));
  for (const line of read.lines) assert(!line.includes("\n"), "a refusal is one line");
  return read.lines;
}

Deno.test("a flag overrides its variable, that the file, the file the default", () => {
  const files = { "p.toml": "port = 9000\nroom-capacity = 4", "p.json": '{"port": 9000}' };
  assertEquals(config([]).port, 8000);
  assertEquals(config(["--config", "p.toml"], { files }).port, 9000);
  assertEquals(config([], { files, env: { PARLEY_CONFIG: "p.json" } }).port, 9000);
  const all = { files, env: { PARLEY_CONFIG: "p.toml", PORT: "9001" } };
  assertEquals([config([], all).port, config([], all).roomCapacity], [9001, 4]);
  assertEquals(config(["--port", "9002"], all).port, 9002);
  assertEquals(config(["--port=9003"]).port, 9003);
  assertEquals(config([], { env: { PORT: "" } }).port, 8000, "an empty variable is not set");
});

Deno.test("a bad value is one line with the name, the value and what is allowed", () => {
  assertEquals(refusals(["--port", "99999"]), [
    '--port: "99999" is not a whole number from 0 to 65535',
  ]);
  assertEquals(refusals([], { env: { PORT: "http" } }), [
    'PORT: "http" is not a whole number from 0 to 65535',
  ]);
  const files = { "p.toml": 'chat-history = "forever"' };
  assertEquals(refusals(["--config", "p.toml"], { files }), [
    'p.toml: chat-history: "forever" is not while-occupied or none',
  ]);
  for (const text of ["1", "17", "eight", "-3", "4.5", ""]) {
    refusals([`--room-capacity=${text}`]);
  }
  assertEquals(config(["--room-capacity", "2"]).roomCapacity, 2);
  assertEquals(config(["--room-capacity", "16"]).roomCapacity, 16);
  assertEquals(config(["--chat-history", "none"]).chatHistory, "none");
  for (
    const pair of [
      ["--ice-servers", "stun:a"],
      ["--ice-servers", '[{"url":"stun:a"}]'],
      ["--allow-origin", "example.org"],
      ["--allow-origin", "https://example.org/page"],
      ["--trust-proxy", "10.0.0.0/33"],
      ["--trust-proxy", "proxy.example.org"],
      ["--host="],
    ]
  ) refusals(pair);
});

Deno.test("the relay of this server is on by default, and its settings are read", () => {
  const { turn, turnPort, turnAddress, turnPorts, turnMbit, turnAllowPeers } = config([]);
  assertEquals(
    [turn, turnPort, turnAddress, turnPorts, turnMbit, turnAllowPeers],
    [true, undefined, [], "49152-65535", undefined, []],
  );
  for (const off of [config(["--no-turn"]), config([], { env: { PARLEY_TURN: "false" } })]) {
    assertEquals(off.turn, false);
  }
  assertEquals(config(["--turn-address", "192.0.2.1,2001:DB8::1"]).turnAddress, [
    "192.0.2.1",
    "2001:db8::1",
  ]);
  assertEquals(config(["--turn-address", "Talk.Example.org"]).turnAddress, ["talk.example.org"]);
  assertEquals(config(["--turn-ports", "50000-50000"]).turnPorts, "50000-50000");
  assertEquals(config(["--turn-ports", "none"]).turnPorts, "none");
  for (const port of ["53", "80", "443", "1024", "3478", "65535"]) {
    assertEquals(config(["--turn-port", port]).turnPort, Number(port));
  }
  // Chromium uses no relay on other ports below 1024, and Firefox blocks 6000.
  for (const port of ["0", "22", "81", "1023", "6000", "65536", "many"]) {
    refusals(["--turn-port", port]);
  }
  for (const range of ["5-4", "50100-50000", "80-90", "1024", "1024-65536", "a-b", "-", ""]) {
    refusals([`--turn-ports=${range}`]);
  }
  for (
    const address of ["192.0.2.1,192.0.2.2", "a b", "a.example,b.example", "192.0.2.1,a.example"]
  ) {
    refusals(["--turn-address", address]);
  }
  for (const mbit of ["0", "-1", "1.5", "fast"]) refusals([`--turn-mbit=${mbit}`]);
  refusals(["--turn-allow-peers", "everybody"]);
  assertEquals(refusals([], { env: { PARLEY_TURN_PORT: "tcp" } }), [
    'PARLEY_TURN_PORT: "tcp" is not 443, 80, 53, or a port from 1024 to 65535 that browsers do not block',
  ]);
});

Deno.test("all invalid values and unknown names are reported at once", () => {
  const lines = refusals(["--port", "x", "--config", "p.toml"], {
    env: { PARLEY_TURN_LIFETIME: "1", PARLEY_PROT: "1" },
    files: { "p.toml": "prot = 1\nroom-capacity = 99" },
  });
  assertEquals(lines, [
    'p.toml: "prot" is not a setting; see --help',
    "PARLEY_PROT is not a setting; see --help",
    '--port: "x" is not a whole number from 0 to 65535',
    'p.toml: room-capacity: "99" is not a whole number from 2 to 16',
    'PARLEY_TURN_LIFETIME: "1" is not a whole number from 10 to 86400',
  ]);
});

/** What Kubernetes sets for a service of this name with one named port. */
function serviceVariables(name: string, address = "10.0.0.1"): Record<string, string> {
  const url = `tcp://${address.includes(":") ? `[${address}]` : address}:80`;
  return {
    [`${name}_SERVICE_HOST`]: address,
    [`${name}_SERVICE_PORT`]: "80",
    [`${name}_SERVICE_PORT_HTTP`]: "80",
    [`${name}_PORT`]: url,
    [`${name}_PORT_80_TCP`]: url,
    [`${name}_PORT_80_TCP_PROTO`]: "tcp",
    [`${name}_PORT_80_TCP_PORT`]: "80",
    [`${name}_PORT_80_TCP_ADDR`]: address,
    [`${name}_PORT_3478_UDP`]: url.replace("tcp", "udp"),
  };
}

Deno.test("the variables of a Kubernetes service called parley are ignored", () => {
  const services = {
    ...serviceVariables("PARLEY"),
    ...serviceVariables("PARLEY_WEB", "fd00::1"),
    // A service with variables that have the names of settings.
    ...serviceVariables("PARLEY_REDIRECT"),
  };
  const read = command([], { env: services });
  assert(read.kind === "serve", JSON.stringify(read));
  assertEquals(read.settings.config.port, 8000);
  assertEquals(read.settings.ignored.toSorted(), Object.keys(services).toSorted());
  const tls = { PARLEY_TLS_SELF_SIGNED: "true", PARLEY_REDIRECT_PORT: "81" };
  const own = command([], { env: tls });
  assert(own.kind === "serve");
  assertEquals([own.settings.config.redirectPort, own.settings.ignored], [81, []]);
});

Deno.test("the variables of a container linked as parley are ignored too", () => {
  const linked = {
    PARLEY_NAME: "/web/parley",
    PARLEY_ENV_DENO_VERSION: "2.7.11",
    PARLEY_ENV_no_proxy: "",
    PARLEY_PORT_8000_TCP_ADDR: "172.17.0.5",
  };
  const read = command([], { env: linked });
  assert(read.kind === "serve", JSON.stringify(read));
  assertEquals(read.settings.ignored, Object.keys(linked));
});

Deno.test("a typing error beside them is still refused, with the right name", () => {
  const table: [variable: string, value: string, line: string][] = [
    ["PARLEY_PORT", "9000", "PARLEY_PORT is not a setting; use PORT"],
    ["PARLEY_PORT", "tcp", "PARLEY_PORT is not a setting; use PORT"],
    ["PARLEY_HOST", "::1", "PARLEY_HOST is not a setting; use HOST"],
    ["PARLEY_SERVICE_HOST", "example.org", "PARLEY_SERVICE_HOST is not a setting; see --help"],
    ["PARLEY_SERVICE_PORT", "x", "PARLEY_SERVICE_PORT is not a setting; see --help"],
    ["PARLEY_PORT_80_TCP_ADR", "10.0.0.1", "PARLEY_PORT_80_TCP_ADR is not a setting; see --help"],
    ["PARLEY_NAME", "tea", "PARLEY_NAME is not a setting; see --help"],
    ["PARLEY_TURN_URL", "turn:a", "PARLEY_TURN_URL is not a setting; see --help"],
    ["PARLEY_", "", "PARLEY_ is not a setting; see --help"],
  ];
  for (const [variable, value, line] of table) {
    const env = { ...serviceVariables("PARLEY"), [variable]: value };
    assertEquals(refusals([], { env }), [line]);
  }
});

Deno.test("an invalid HOST is refused by name with the fix, and a flag overrides it", () => {
  for (const host of ["x86_64-conda-linux-gnu", "a b", "[::1", "1.2.3", "::g", "host:80", "-a"]) {
    const [line = "", ...more] = refusals([], { env: { HOST: host } });
    assert(line.startsWith(`HOST: ${JSON.stringify(host)} is not an address or host name`), line);
    assertEquals([line.endsWith("; unset HOST or set --host, which overrides it"), more], [
      true,
      [],
    ]);
    assertEquals(config(["--host", "::1"], { env: { HOST: host } }).host, "::1");
  }
  const files = { "p.toml": 'host = "a b"' };
  const [line = ""] = refusals(["--config", "p.toml"], { files });
  assert(line.startsWith('p.toml: host: "a b" is not') && !line.includes("unset"), line);
});

Deno.test("an address to listen on has one form", () => {
  const table: [text: string, host: string][] = [
    ["::1", "::1"],
    ["LocalHost", "localhost"],
    ["[::1]", "::1"],
    ["[0:0:0:0:0:0:0:0]", "::"],
    ["2001:DB8::0001", "2001:db8::1"],
    ["::ffff:127.0.0.1", "127.0.0.1"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["0.0.0.0", "0.0.0.0"],
    ["localhost", "localhost"],
    ["talk.example.org", "talk.example.org"],
  ];
  for (const [text, host] of table) assertEquals(config(["--host", text]).host, host, text);
});

Deno.test("names for a certificate are read as people write them", () => {
  const names = "Talk.Example.org, bücher.example,talk.example.org.";
  assertEquals(
    config(["--acme-domain", names, "--redirect-port", "80"]).acmeDomain,
    ["talk.example.org", "xn--bcher-kva.example"],
  );
  for (const name of ["*.example.org", "localhost", "192.0.2.1", "[::1]", "a.example:443"]) {
    refusals(["--acme-domain", name, "--redirect-port", "80"]);
  }
});

Deno.test("settings of Redis need --redis, and trusted certificates need TLS", () => {
  const files = { "p.toml": 'redis = "redis://a"\nredis-ca-file = "ca.pem"' };
  assertEquals(refusals(["--config", "p.toml"], { files }), [
    "p.toml: redis-ca-file is for TLS; write p.toml: redis as rediss:// instead of redis://",
  ]);
  assertEquals(refusals(["--redis-password-file", "a"]), ["--redis-password-file needs --redis"]);
  assertEquals(refusals([], { env: { PARLEY_REDIS: "redis://:word@a" } }), [
    'PARLEY_REDIS: "redis://(hidden)@a" is not a URL without a password, which process lists ' +
    "would show; write the password into a file and name that with redis-password-file",
  ]);
  const read = config(["--redis", "rediss://a", "--redis-ca-file", "ca.pem"]);
  assertEquals([read.redis, read.redisPrefix], ["rediss://a", "parley"]);
});

Deno.test("contradicting settings are named by their sources", () => {
  const files = { "p.toml": 'turn-urls = ["turn:a.example"]' };
  const [line = ""] = refusals(["--config", "p.toml"], { files });
  assert(line.startsWith("p.toml: turn-urls needs --turn-secret-file"), line);
  const [other = ""] = refusals([], { env: { PARLEY_TLS_CERT: "a" } });
  assertEquals(other, "PARLEY_TLS_CERT and --tls-key need each other; set both");
});

Deno.test("a missing file and a file without a table are one line each", () => {
  assertEquals(refusals(["--config", "none.toml"]), [
    "--config: cannot read none.toml: No such file",
  ]);
  assertEquals(refusals([], { env: { PARLEY_CONFIG: "none.toml" } }), [
    "PARLEY_CONFIG: cannot read none.toml: No such file",
  ]);
  for (const text of ["port 9", "port = = 9", "[port"]) {
    const [line = "", ...more] = refusals(["--config", "p.toml"], { files: { "p.toml": text } });
    assertEquals([line.startsWith("p.toml: "), more], [true, []], line);
  }
  for (const text of ["[]", "3", "{"]) {
    assertEquals(refusals(["--config", "p.json"], { files: { "p.json": text } }).length, 1);
  }
});

Deno.test("unknown flags, missing values and stray words are refused by name", () => {
  assert(refusals(["--prot", "1"]).join().includes("--prot"));
  refusals(["--port"]);
  assert(refusals(["serve"]).join().includes("serve"));
  assert(refusals(["config", "port"]).join().includes('"port"'));
});

Deno.test("the dashes that npm needs before the flags of a task are ignored", () => {
  assertEquals(config(["--", "--port", "9000"]).port, 9_000);
  assertEquals(refusals(["--", "serve"]), ['unknown command "serve"; see --help']);
});

Deno.test("lists and switches are read from all sources", () => {
  assertEquals(
    config(["--allow-origin", "https://a.example, http://b.example:81/"]).allowOrigin,
    ["https://a.example", "http://b.example:81"],
  );
  const iceServers = [{ urls: ["turn:a", "turn:b"], username: "u", credential: "c" }];
  assertEquals(
    config([], { env: { PARLEY_ICE_SERVERS: JSON.stringify(iceServers) } }).iceServers,
    iceServers,
  );
  const toml = '[[ice-servers]]\nurls = ["turn:a", "turn:b"]\nusername = "u"\ncredential = "c"';
  assertEquals(
    config(["--config", "p.toml"], { files: { "p.toml": toml } }).iceServers,
    iceServers,
  );
  assertEquals(config([]).tlsSelfSigned, false);
  assertEquals(config(["--tls-self-signed"]).tlsSelfSigned, true);
  assertEquals(config([], { env: { PARLEY_TLS_SELF_SIGNED: "true" } }).tlsSelfSigned, true);
  const env = { PARLEY_TLS_SELF_SIGNED: "true" };
  assertEquals(config(["--no-tls-self-signed"], { env }).tlsSelfSigned, false);
});

Deno.test("settings that need or exclude each other are refused alone or together", () => {
  const urls = "turn:a.example:3478?transport=udp,turns:a.example";
  const read = config(["--turn-urls", urls, "--turn-secret-file", "/run/secret"]);
  assertEquals(read.turnUrls, ["turn:a.example:3478?transport=udp", "turns:a.example"]);
  assertEquals([read.turnSecretFile, read.turnLifetime], ["/run/secret", 3600]);
  assert(refusals(["--turn-urls", urls]).join().includes("--turn-secret-file"));
  refusals(["--turn-urls", "stun:a", "--turn-secret-file", "x"]);
  refusals(["--tls-cert", "a"]);
  refusals(["--tls-key", "a"]);
  refusals(["--tls-cert", "a", "--tls-key", "b", "--tls-self-signed"]);
  refusals(["--redirect-port", "80"]);
});

Deno.test("`config` prints the settings in force and their sources, as a file without secrets", () => {
  const env = {
    PARLEY_ICE_SERVERS: '[{"urls":"turn:a","username":"u","credential":"hush"}]',
    PORT: "81",
  };
  const printed = command(["config", "--room-capacity", "3"], { env });
  assert(printed.kind === "print");
  const { text } = printed;
  assert(!text.includes("hush"), text);
  assert(/^port +[=] 81 {2}# PORT$/m.test(text), text);
  assert(/^room-capacity +[=] 3 {2}# --room-capacity$/m.test(text), text);
  assert(/^host +[=] "::" {2}# default$/m.test(text), text);
  const again = config(["--config", "printed.toml"], { files: { "printed.toml": text } });
  assertEquals([again.port, again.roomCapacity, again.iceServers.length], [81, 3, 1]);
});

Deno.test("help and version override all other arguments", () => {
  assertEquals(command(["--version"]), { kind: "version" });
  assertEquals(command(["-h", "--port", "x"]).kind, "print");
});

Deno.test("a reload applies live settings, names the others, and changes nothing if one is invalid", () => {
  let text = "port = 1000\nroom-capacity = 4";
  const reread = () =>
    readSettings({ flags: new Map([["config", "p.toml"]]), env: {}, readText: () => text });
  const first = reread();
  assert(first.ok);
  const live = new LiveSettings(first.settings, reread);
  text = "port = 2000\nroom-capacity = 5\nturn-lifetime = 60";
  assertEquals(live.reload(), {
    ok: true,
    changed: ["room-capacity", "turn-lifetime"],
    needRestart: ["port"],
  });
  const { port, roomCapacity, turnLifetime } = live.config;
  assertEquals([port, roomCapacity, turnLifetime], [1000, 5, 60]);
  text = "room-capacity = 6\nturn-lifetime = 1";
  const refused = live.reload();
  assertEquals(refused.ok, false);
  assertEquals(live.config.roomCapacity, 5);
});
