import { assertEquals } from "../assert.ts";
import { listenHosts, originAt, reachableHost } from "../../server/listen_address.ts";
import { lanAddress, selfSigned, thisMachine } from "../../server/tls/self_signed.ts";
import { certificateFacts } from "../../server/tls/certificate.ts";
import { welcome } from "../../server/welcome.ts";
import { defaults } from "../../server/settings/command.ts";

/** A machine: what may be listened on, and whether a socket for IPv6 takes IPv4 too. */
function machine({ ipv4 = true, ipv6 = true, dual = true }) {
  const open = new Set<string>();
  return ({ hostname, port }: { hostname: string; port: number }) => {
    const isIpv6 = hostname.includes(":");
    if (!(isIpv6 ? ipv6 : ipv4)) throw new Deno.errors.AddrNotAvailable();
    const taken = `${isIpv6 && !dual ? "ipv6" : "ipv4"} ${port}`;
    if (port !== 0 && open.has(taken)) throw new Deno.errors.AddrInUse();
    const addr: Deno.NetAddr = { transport: "tcp", hostname, port: port || 40_000 };
    const key = `${isIpv6 && !dual ? "ipv6" : "ipv4"} ${addr.port}`;
    open.add(key);
    return { addr, [Symbol.dispose]: () => void open.delete(key) };
  };
}

Deno.test(":: is both IP versions, by one socket or two, and IPv4 alone without IPv6", () => {
  assertEquals(listenHosts("::", machine({})), ["::"]);
  assertEquals(listenHosts("::", machine({ dual: false })), ["::", "0.0.0.0"]);
  assertEquals(listenHosts("::", machine({ ipv6: false })), ["0.0.0.0"]);
});

Deno.test("localhost is every loopback address there is, and another host itself", () => {
  assertEquals(listenHosts("localhost", machine({})), ["127.0.0.1", "::1"]);
  assertEquals(listenHosts("localhost", machine({ ipv6: false })), ["127.0.0.1"]);
  assertEquals(listenHosts("localhost", machine({ ipv4: false, ipv6: false })), ["localhost"]);
  for (const host of ["0.0.0.0", "::1", "192.0.2.1", "talk.example"]) {
    assertEquals(listenHosts(host, machine({ ipv6: false })), [host]);
  }
});

Deno.test("an IPv6 address gets brackets in a URL", async () => {
  assertEquals(originAt("::1", { port: 8000 }), "http://[::1]:8000");
  assertEquals(originAt("::1", { port: 443, secure: true }), "https://[::1]");
  assertEquals(originAt("127.0.0.1", { port: 80 }), "http://127.0.0.1");
  assertEquals(["::", "0.0.0.0", "::1"].map(reachableHost), ["127.0.0.1", "127.0.0.1", "::1"]);
  const { config } = defaults().settings;
  const printed = (host: string) =>
    welcome({ config: { ...config, host }, port: 8000, secure: false });
  assertEquals((await printed("::1")).includes("http://[::1]:8000\n"), true);
  assertEquals((await printed("::")).includes("http://localhost:8000\n"), true);
});

Deno.test("a self-signed certificate names the listening host, and is kept", async () => {
  const named = thisMachine("talk.lan").names;
  assertEquals(named.includes("talk.lan"), true);
  assertEquals(thisMachine("::").names.includes("::"), false);
  const wanted = thisMachine("2001:db8::0:7");
  const source = selfSigned(undefined, () => wanted);
  const first = await source.read();
  assertEquals(await source.read(), first);
  assertEquals(certificateFacts(first).names.includes("2001:db8::7"), true);
});

Deno.test("the address for the network is IPv4, or IPv6 if there is no other", () => {
  const lan = (...addresses: string[]) => lanAddress({ names: [], addresses });
  assertEquals(lan("127.0.0.1", "::1", "2001:db8::7", "192.0.2.1"), "192.0.2.1");
  assertEquals(lan("127.0.0.1", "::1", "2001:db8::7"), "2001:db8::7");
  assertEquals(lan("127.0.0.1", "::1"), undefined);
});
