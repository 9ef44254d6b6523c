// Where pages are told that the relay is.

import { assertEquals } from "../../assert.ts";
import { defaults } from "../../../server/settings/command.ts";
import type { Config } from "../../../server/settings/options.ts";
import { turnStart } from "../../../server/turn/turn_start.ts";
import { type TurnReach, turnUrls } from "../../../server/turn/turn_urls.ts";

const reach: TurnReach = {
  udp: { port: 3478, isLocal: false },
  tcp: { port: 8443, isLocal: false },
  secure: true,
};

function urls(hostname: string, port?: number, more: Partial<TurnReach> = {}): string[] {
  return turnUrls({ hostname, port }, { ...reach, ...more });
}

Deno.test("a page finds the relay at its own host, behind a proxy at the port of this process", () => {
  assertEquals(urls("talk.example.org"), [
    "stun:talk.example.org:3478",
    "turn:talk.example.org:3478?transport=udp",
    "turn:talk.example.org:8443?transport=tcp",
    "turns:talk.example.org:8443?transport=tcp",
  ]);
  assertEquals(urls("[2001:db8::1]", undefined, { tcp: undefined }), [
    "stun:[2001:db8::1]:3478",
    "turn:[2001:db8::1]:3478?transport=udp",
  ]);
});

Deno.test("pages of a cluster find the relay at the address of the node, since the name leads to all", () => {
  const at = (own: string[]) =>
    turnUrls({ hostname: "talk.example.org", port: 443 }, { ...reach, own });
  assertEquals(at(["192.0.2.7", "2001:db8::7"]), [
    "stun:192.0.2.7:3478",
    "turn:192.0.2.7:3478?transport=udp",
    "turn:192.0.2.7:8443?transport=tcp",
    "stun:[2001:db8::7]:3478",
    "turn:[2001:db8::7]:3478?transport=udp",
    "turn:[2001:db8::7]:8443?transport=tcp",
  ]);
  assertEquals(at(["node1.example.org"]).at(-1), "turns:node1.example.org:8443?transport=tcp");
});

Deno.test("over TCP the relay is at the port that the page has connected to", () => {
  assertEquals(urls("192.0.2.1", 443, { udp: undefined, secure: false }), [
    "turn:192.0.2.1:443?transport=tcp",
  ]);
});

Deno.test("no page is given an address that its browser throws on or that leads to itself", () => {
  assertEquals(turnUrls(undefined, reach), []);
  for (const host of ["", "a b", "0x7f.1", "a..b", "[fe80::1%eth0]"]) {
    assertEquals(urls(host), [], host);
  }
  // Firefox blocks 6000, and Chromium uses no relay on 81.
  const blocked = { udp: { port: 6000, isLocal: false }, tcp: { port: 81, isLocal: false } };
  assertEquals(urls("talk.example.org", undefined, blocked), []);
  const local = { udp: { port: 3478, isLocal: true }, tcp: { port: 8443, isLocal: true } };
  assertEquals(urls("talk.example.org", undefined, local), []);
  for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
    assertEquals(urls(host, undefined, local).length, 4, host);
  }
});

function start(changes: Partial<Config>) {
  const { settings: { config } } = defaults();
  return turnStart({ ...config, ...changes }, { port: 8000, secure: false });
}

Deno.test("the relay has the port of the pages unless --turn-port names another", () => {
  assertEquals(start({}).port, 8000);
  assertEquals(start({ turnPort: 3478 }).udp, { port: 3478, isLocal: false });
  assertEquals([start({}).isAnyPort, start({ port: 0 }).isAnyPort], [false, true]);
  assertEquals(start({ port: 0, turnPort: 3478 }).isAnyPort, false);
  assertEquals(start({ transport: "deno" }).tcp, undefined);
});

Deno.test("only a node of a cluster tells pages its own address", () => {
  const turnAddress = ["192.0.2.7"];
  assertEquals(start({ turnAddress }).own, []);
  assertEquals(start({ turnAddress, redis: "redis://10.0.0.10" }).own, turnAddress);
});

Deno.test("a server on loopback relays on loopback, unless the settings ask for more", () => {
  const narrow = start({ host: "127.0.0.1" });
  assertEquals(narrow.hosts, ["127.0.0.1"]);
  assertEquals([narrow.udp?.isLocal, narrow.tcp?.isLocal], [true, true]);
  for (const more of [{ turnPort: 3478 }, { turnAddress: ["192.0.2.1"] }]) {
    const wide = start({ host: "127.0.0.1", ...more });
    assertEquals(wide.hosts.some((host) => host === "::" || host === "0.0.0.0"), true);
    assertEquals([wide.udp?.isLocal, wide.tcp?.isLocal], [false, true]);
  }
});

Deno.test("the settings of ports, bandwidth and peers reach the worker as numbers", () => {
  const { range, bytesPerSecond, allowPeers } = start({
    turnPorts: "50000-50100",
    turnMbit: 8,
    turnAllowPeers: ["private"],
  });
  assertEquals([range, bytesPerSecond, allowPeers], [[50_000, 50_100], 1_000_000, ["private"]]);
  assertEquals(start({ turnPorts: "none" }).range, undefined);
});
