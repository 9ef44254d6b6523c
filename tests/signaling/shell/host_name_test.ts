import { assertEquals } from "../../assert.ts";
import {
  addressUnit,
  canonicalAddress,
  canonicalHost,
  isLoopback,
  isSameHost,
  refuseUpgrade,
} from "../../../signaling/mod.ts";

Deno.test("a host is written as an origin writes it", () => {
  const table: [text: string, host: string][] = [
    ["Talk.Example.ORG", "talk.example.org"],
    ["talk.example.org:443", "talk.example.org"],
    ["talk.example.org:80", "talk.example.org"],
    ["talk.example.org:8443", "talk.example.org:8443"],
    ["talk.example.org.", "talk.example.org"],
    ["talk.example.org.:443", "talk.example.org"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["XN--BCHER-KVA.example", "xn--bcher-kva.example"],
    ["[2001:DB8:0:0::1]:443", "[2001:db8::1]"],
    ["[::1]:8000", "[::1]:8000"],
    ["192.0.2.1:80", "192.0.2.1"],
  ];
  for (const [text, host] of table) assertEquals(canonicalHost(text), host, text);
  const none = [
    "",
    " ",
    "a b",
    "a/b",
    "a?b",
    "a#b",
    "user@a",
    "a:99999",
    "a:b",
    "::1",
    "a, b",
    "<",
  ];
  for (const text of none) assertEquals(canonicalHost(text), undefined, text);
});

/** A handshake as a browser sends it from a page of `origin`. */
function statusOf(origin: string, host: string, allowed: string[] = []): number | undefined {
  const headers = new Headers({
    origin,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  });
  const request = new Request("http://inside/ws");
  Object.defineProperty(request, "headers", { value: headers });
  return refuseUpgrade(request, { allowed, host })?.status;
}

Deno.test("a page may connect to its own host, however a proxy writes that host", () => {
  const same: [origin: string, host: string][] = [
    ["https://talk.example.org", "talk.example.org:443"],
    ["https://talk.example.org", "talk.example.org:80"],
    ["https://talk.example.org:443", "talk.example.org"],
    ["http://talk.example.org", "talk.example.org:80"],
    ["http://talk.example.org:80", "talk.example.org:443"],
    ["https://talk.example.org:8443", "talk.example.org:8443"],
    ["https://talk.example.org", "Talk.Example.Org"],
    ["https://talk.example.org", "talk.example.org."],
    ["https://talk.example.org.", "talk.example.org:443"],
    ["https://[2001:db8::1]", "[2001:DB8:0::1]:443"],
    ["http://[::1]:8000", "[::1]:8000"],
    ["https://xn--bcher-kva.example", "bücher.example:443"],
  ];
  for (const [origin, host] of same) assertEquals(statusOf(origin, host), undefined, origin + host);
  const other: [origin: string, host: string][] = [
    ["https://talk.example.org", "talk.example.org:8443"],
    ["https://talk.example.org:8443", "talk.example.org"],
    ["https://talk.example.org:8443", "talk.example.org:443"],
    ["https://evil.example", "talk.example.org"],
    ["https://talk.example.org.evil.example", "talk.example.org"],
    ["https://a", "a.evil.example"],
    ["null", "null"],
    ["file://", ""],
    ["https://a", ""],
    ["nonsense", "nonsense"],
  ];
  for (const [origin, host] of other) assertEquals(statusOf(origin, host), 403, origin + host);
  assertEquals(statusOf("HTTPS://Friend.example:443", "a", ["https://friend.example"]), undefined);
});

Deno.test("hosts without a name are never the same", () => {
  assertEquals([isSameHost("", ""), isSameHost("a/b", "a/b")], [false, false]);
});

Deno.test("an address has one form, whatever socket it came from", () => {
  const table: [text: string, canonical: string | undefined][] = [
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:c000:0201", "192.0.2.1"],
    ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
    ["[2001:DB8:0:0:0:0:0:1]", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
    ["::", "::"],
    ["0.99.199.249", "0.99.199.249"],
    ["255.255.255.255", "255.255.255.255"],
    ["256.0.0.1", undefined],
    ["1.2.3.260", undefined],
    ["1.2.3.4.5", undefined],
    ["1.2.3.4\n", undefined],
    ["1.2.3", undefined],
    ["01.2.3.4", undefined],
    ["1::2::3", undefined],
    ["[::1]:80", undefined],
    ["localhost", undefined],
    ["", undefined],
  ];
  for (const [text, canonical] of table) assertEquals(canonicalAddress(text), canonical, text);
});

Deno.test("limits and the rule for loopback mean the same on a socket for both IP versions", () => {
  for (
    const address of ["127.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "127.9.9.9", "::1", "[::1]"]
  ) {
    assertEquals(isLoopback(address), true, address);
  }
  for (const address of ["128.0.0.1", "::ffff:128.0.0.1", "::2", "127.example.org", ""]) {
    assertEquals(isLoopback(address), false, address);
  }
  assertEquals(addressUnit("::ffff:c000:0201"), addressUnit("192.0.2.1"));
  assertEquals(addressUnit("2001:db8::"), "2001:db8:0:0::/64");
  assertEquals(addressUnit("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assertEquals(addressUnit("_hidden"), "_hidden");
});
