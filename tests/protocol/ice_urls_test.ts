import { type RelayPlace, relayPlace, relayUrls, transportOf } from "../../protocol/mod.ts";
import { assertEquals } from "../assert.ts";

const own = [
  "stun:talk.example.org:8443",
  "turn:talk.example.org:8443?transport=udp",
  "turn:talk.example.org:8443?transport=tcp",
  "turns:talk.example.org:8443?transport=tcp",
];

function placeOf(protocol: "udp" | "tcp" | "tls", urls: readonly string[], url?: string) {
  const server = new URL("wss://talk.example.org:8443/base/ws");
  return relayPlace({ protocol, url }, { iceServers: [{ urls }], server });
}

Deno.test("the relays are the turn: and turns: URLs, and a URL tells its transport", () => {
  const mixed = [{ urls: "stun:a" }, { urls: ["turn:b", "turns:c"] }, { urls: "turn:d" }];
  assertEquals(relayUrls(mixed), ["turn:b", "turns:c", "turn:d"]);
  assertEquals(own.slice(1).map(transportOf), ["udp", "tcp", "tls"]);
  assertEquals(["turn:a", "turns:a"].map(transportOf), ["udp", "tls"]);
});

Deno.test("a relay on the page's host is the server's, over TLS only on the page's port", () => {
  for (const protocol of ["udp", "tcp", "tls"] as const) {
    assertEquals(placeOf(protocol, own), "here", protocol);
  }
  assertEquals(placeOf("udp", ["turn:talk.example.org:3478"]), "here");
  assertEquals(placeOf("tls", ["turns:talk.example.org:5349?transport=tcp"]), "elsewhere");
  assertEquals(placeOf("udp", ["turn:turn.example.org"]), "elsewhere");
  const server = (address: string, url: string): RelayPlace =>
    relayPlace({ url, protocol: transportOf(url) }, { iceServers: [], server: new URL(address) });
  assertEquals(server("https://a/", "turns:a:443?transport=tcp"), "here");
  assertEquals(server("ws://[::1]:8000/ws", "turn:[::1]:8000?transport=udp"), "here");
  assertEquals(server("http://[::1]:8000/", "turn:[::2]:8000"), "elsewhere");
  assertEquals(server("https://a/", "turn:a.example:443"), "elsewhere");
  assertEquals(server("https://a:8443/", "turns:a:84431?transport=tcp"), "elsewhere");
});

Deno.test("with another relay beside it only the browser knows, if it tells the URL", () => {
  const beside = [...own, "turn:turn.example.org:3478?transport=udp"];
  assertEquals(placeOf("udp", beside), "unknown");
  assertEquals(placeOf("tcp", beside), "here");
  assertEquals(placeOf("udp", beside, beside[4]), "elsewhere");
  assertEquals(placeOf("udp", beside, beside[1]), "here");
  assertEquals(placeOf("tcp", []), "unknown");
});
