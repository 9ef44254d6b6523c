import { assertEquals } from "../assert.ts";
import { type Client, clientOf, siteOf } from "../../server/client_address.ts";
import { AddressList, isListEntry } from "../../server/address_list.ts";

function client(
  headers: Record<string, string>,
  { remoteAddress = "127.0.0.1", trust = ["loopback"] } = {},
): Client {
  const request = new Request("http://parley.example/ws", {
    headers: { host: "parley.example", ...headers },
  });
  return clientOf(request, { remoteAddress, trusted: new AddressList(trust) });
}

Deno.test("headers count only on connections from a trusted proxy", () => {
  const forged = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
  };
  const direct = { host: "parley.example", secure: false, port: undefined };
  assertEquals(client(forged, { trust: [] }), { ...direct, address: "127.0.0.1" });
  const stranger = { remoteAddress: "198.51.100.1" };
  assertEquals(client(forged, stranger), { ...direct, address: "198.51.100.1", port: 80 });
  assertEquals(client(forged), {
    address: "203.0.113.9",
    host: "evil.example",
    secure: true,
    port: undefined,
  });
});

Deno.test("only the addresses that trusted proxies wrote count", () => {
  const chain = (header: string, trust = ["loopback", "10.0.0.0/8"]) =>
    client({ "x-forwarded-for": header }, { trust }).address;
  assertEquals(
    chain("6.6.6.6, 203.0.113.9"),
    "203.0.113.9",
    "what the client wrote itself is left",
  );
  assertEquals(chain("6.6.6.6, 203.0.113.9, 10.1.2.3"), "203.0.113.9");
  assertEquals(chain("6.6.6.6, 203.0.113.9, 11.1.2.3"), "11.1.2.3");
  assertEquals(chain("10.1.1.1, 10.1.2.3"), "10.1.1.1", "all of them are ours");
  assertEquals(chain(""), "127.0.0.1");
  assertEquals(chain("unknown"), "127.0.0.1");
  assertEquals(chain("203.0.113.9, ; drop"), "127.0.0.1");
  assertEquals(chain("::ffff:203.0.113.9"), "203.0.113.9");
  assertEquals(chain("2001:db8::7"), "2001:db8::7");
});

Deno.test("each client has a separate address, however a proxy writes it", () => {
  const table: [header: string, address: string][] = [
    ["203.0.113.5:5678", "203.0.113.5"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["2001:DB8::1", "2001:db8::1"],
    ['"[2001:db8::1]:443"', "2001:db8::1"],
    ['"203.0.113.5"', "203.0.113.5"],
    ["::ffff:203.0.113.5", "203.0.113.5"],
    ["[::ffff:203.0.113.5]:80", "203.0.113.5"],
    ["fe80::7%eth0", "127.0.0.1"],
    ["2001:db8::7%3", "2001:db8::7"],
    ["_hidden", "_hidden"],
    ["_hidden:_port", "_hidden"],
    ["unknown", "127.0.0.1"],
    ["unknown, 10.1.1.1", "10.1.1.1"],
    ["203.0.113.5:1, , 10.1.1.1:2", "203.0.113.5"],
    ["198.51.100.1, 203.0.113.5:99, 10.1.1.1:2, [::1]:3", "203.0.113.5"],
    ["203.0.113.5:port:port", "127.0.0.1"],
  ];
  const trust = ["loopback", "10.0.0.0/8", "fe80::/10"];
  for (const [header, address] of table) {
    const wanted = header.startsWith("fe80") ? "fe80::7" : address;
    assertEquals(client({ "x-forwarded-for": header }, { trust }).address, wanted, header);
  }
});

Deno.test("Forwarded (RFC 7239) is read without the client's own part", () => {
  const table: [header: string, seen: Partial<Client>][] = [
    ["for=203.0.113.5", { address: "203.0.113.5" }],
    ['For="[2001:db8::1]:4711"', { address: "2001:db8::1" }],
    ['for="203.0.113.5:80";proto=https;host="Talk.Example.org:443";by=10.0.0.1', {
      address: "203.0.113.5",
      secure: true,
      host: "talk.example.org",
    }],
    ["for=_SEVKISEK", { address: "_SEVKISEK" }],
    ["for=unknown", { address: "127.0.0.1" }],
    ["for=6.6.6.6, for=203.0.113.5", { address: "203.0.113.5" }],
    ['for=6.6.6.6;host=evil.example, for=203.0.113.5;host=a.example, for="10.1.1.1"', {
      address: "203.0.113.5",
      host: "a.example",
    }],
    // An open quotation mark must not swallow what the proxy added.
    ['for="6.6.6.6, for=203.0.113.5', { address: "203.0.113.5" }],
    ['for="[2001:db8::666, for="[2001:db8::1]:4711"', { address: "2001:db8::1" }],
  ];
  const trust = ["loopback", "10.0.0.0/8"];
  for (const [forwarded, seen] of table) {
    const all = client({ forwarded }, { trust });
    assertEquals({ ...all, ...seen }, all, forwarded);
  }
  const both = { forwarded: "for=6.6.6.6", "x-forwarded-for": "203.0.113.5" };
  assertEquals(client(both).address, "203.0.113.5", "a proxy that writes one passes the other on");
  assertEquals(client({ forwarded: "for=6.6.6.6" }, { trust: [] }).address, "127.0.0.1");
});

Deno.test("of several trusted proxies the outermost one sets host and protocol", () => {
  const seen = client({
    "x-forwarded-for": "6.6.6.6, 203.0.113.5, 10.1.1.1",
    "x-forwarded-proto": "https, http",
    "x-forwarded-host": "talk.example.org, inner.example",
  }, { trust: ["loopback", "10.0.0.0/8"] });
  assertEquals(seen, {
    address: "203.0.113.5",
    host: "talk.example.org",
    secure: true,
    port: undefined,
  });
});

Deno.test("a request over HTTP/2 has no Host header, and is made to the same site", () => {
  const request = new Request("https://Talk.Example.org./r/tea");
  const trusted = new AddressList([]);
  const seen = clientOf(request, { remoteAddress: "::ffff:192.0.2.1", trusted });
  assertEquals(seen, {
    address: "192.0.2.1",
    host: "talk.example.org",
    secure: true,
    port: 443,
  });
  assertEquals(siteOf(seen), "https://talk.example.org");
  const ipv6 = clientOf(new Request("https://[2001:db8::1]:8443/"), {
    remoteAddress: "::1",
    trusted,
  });
  assertEquals(siteOf(ipv6), "https://[2001:db8::1]:8443");
  assertEquals(siteOf({ host: "", secure: true }), "");
});

Deno.test("a default port is no part of the site, whichever proxy wrote it", () => {
  const site = (headers: Record<string, string>) => siteOf(client(headers));
  const https = { "x-forwarded-proto": "https" };
  assertEquals(site({ host: "Talk.Example.org:443", ...https }), "https://talk.example.org");
  assertEquals(site({ host: "talk.example.org:80", ...https }), "https://talk.example.org");
  assertEquals(site({ host: "talk.example.org:80" }), "http://talk.example.org");
  assertEquals(
    site({ "x-forwarded-host": "bücher.example:443", ...https }),
    "https://xn--bcher-kva.example",
  );
});

Deno.test("proxies are addresses, networks and two words", () => {
  const trusted = new AddressList(["192.0.2.7", "2001:db8::/32", "private"]);
  const known = [
    "192.0.2.7",
    "::ffff:192.0.2.7",
    "2001:db8::9",
    "10.9.9.9",
    "192.168.1.1",
    "fd00::1",
    "::ffff:10.9.9.9",
    "::ffff:a09:909",
  ];
  for (const address of known) assertEquals(trusted.includes(address), true, address);
  for (const address of ["192.0.2.8", "2001:db9::1", "127.0.0.1", "11.0.0.1", "nonsense", ""]) {
    assertEquals(trusted.includes(address), false, address);
  }
  assertEquals(new AddressList(["::ffff:10.0.0.0/104"]).includes("10.9.9.9"), true);
  assertEquals(new AddressList(["[2001:db8::7]"]).includes("2001:db8::7"), true);
  for (const entry of ["loopback", "private", "::1", "[::1]", "1.2.3.4/0", "::/128"]) {
    assertEquals(isListEntry(entry), true, entry);
  }
  for (
    const entry of ["", "localhost", "1.2.3", "1.2.3.4/33", "::/129", "1.2.3.4/8/8", "toString"]
  ) {
    assertEquals(isListEntry(entry), false, entry);
  }
});
