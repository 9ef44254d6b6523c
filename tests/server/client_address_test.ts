import { assertEquals } from "../assert.ts";
import {
  type Client,
  clientOf,
  isProxyEntry,
  TrustedProxies,
} from "../../server/client_address.ts";

function client(
  headers: Record<string, string>,
  { remoteAddress = "127.0.0.1", trust = ["loopback"] } = {},
): Client {
  const request = new Request("http://parley.example/ws", {
    headers: { host: "parley.example", ...headers },
  });
  return clientOf(request, { remoteAddress, trusted: new TrustedProxies(trust) });
}

Deno.test("nobody's word is taken unless the connection comes from a trusted proxy", () => {
  const forged = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
  };
  const direct = { host: "parley.example", secure: false };
  assertEquals(client(forged, { trust: [] }), { ...direct, address: "127.0.0.1" });
  const stranger = { remoteAddress: "198.51.100.1" };
  assertEquals(client(forged, stranger), { ...direct, address: "198.51.100.1" });
  assertEquals(client(forged), { address: "203.0.113.9", host: "evil.example", secure: true });
});

Deno.test("of the addresses only the part that trusted proxies wrote counts", () => {
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

Deno.test("proxies are addresses, networks and two words", () => {
  const trusted = new TrustedProxies(["192.0.2.7", "2001:db8::/32", "private"]);
  const known = [
    "192.0.2.7",
    "::ffff:192.0.2.7",
    "2001:db8::9",
    "10.9.9.9",
    "192.168.1.1",
    "fd00::1",
  ];
  for (const address of known) assertEquals(trusted.includes(address), true, address);
  for (const address of ["192.0.2.8", "2001:db9::1", "127.0.0.1", "11.0.0.1", "nonsense", ""]) {
    assertEquals(trusted.includes(address), false, address);
  }
  for (const entry of ["loopback", "private", "::1", "1.2.3.4/0", "::/128"]) {
    assertEquals(isProxyEntry(entry), true, entry);
  }
  for (
    const entry of ["", "localhost", "1.2.3", "1.2.3.4/33", "::/129", "1.2.3.4/8/8", "toString"]
  ) {
    assertEquals(isProxyEntry(entry), false, entry);
  }
});
