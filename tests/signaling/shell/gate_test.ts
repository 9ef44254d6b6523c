import { assertEquals } from "../../assert.ts";
import {
  addressUnit,
  chooseProtocol,
  offeredProtocols,
  refuseUpgrade,
} from "../../../signaling/mod.ts";

const handshake = {
  host: "meet.example:8000",
  origin: "http://meet.example:8000",
  connection: "keep-alive, Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** Deno's Request drops forbidden headers such as Host, so this one only looks like a request. */
function request(changes: Record<string, string | undefined> = {}, method = "GET"): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries({ ...handshake, ...changes })) {
    if (value !== undefined) headers.set(name, value);
  }
  const plain = new Request("http://meet.example:8000/ws", { method });
  Object.defineProperty(plain, "headers", { value: headers });
  return plain;
}

const statusOf = (asked: Request, allowed: string[] = []) =>
  refuseUpgrade(asked, { allowed, host: asked.headers.get("host") ?? "" })?.status;

Deno.test("a page of our own host may connect, over whatever scheme a proxy speaks", () => {
  assertEquals(statusOf(request()), undefined);
  assertEquals(statusOf(request({ origin: "https://meet.example:8000" })), undefined);
});

Deno.test("another origin, none, or null is refused unless it is allowed", () => {
  for (const origin of ["http://evil.example", "http://meet.example", "null", undefined]) {
    assertEquals(statusOf(request({ origin })), 403, String(origin));
    assertEquals(statusOf(request({ origin }), ["*"]), undefined, String(origin));
  }
  const friend = request({ origin: "https://friend.example" });
  assertEquals(statusOf(friend, ["https://friend.example"]), undefined);
  assertEquals(statusOf(friend, ["https://friend.example.org"]), 403);
});

Deno.test("a handshake that is not one is refused in words before the upgrade", () => {
  assertEquals(statusOf(request({ upgrade: undefined })), 426);
  assertEquals(statusOf(request({ connection: "keep-alive" })), 400);
  assertEquals(statusOf(request({ "sec-websocket-version": "8" })), 426);
  assertEquals(statusOf(request({ "sec-websocket-key": "short" })), 400);
  assertEquals(statusOf(request({}, "POST")), 405);
});

Deno.test("the sub-protocol is ours, none, or one we do not know", () => {
  const choice = (offered?: string) =>
    chooseProtocol(offeredProtocols(request({ "sec-websocket-protocol": offered })));
  assertEquals(choice(), undefined);
  assertEquals(choice("other, parley.v1"), "parley.v1");
  assertEquals(choice("parley.v1, parley.v1.relay"), "parley.v1.relay", "the one that saves work");
  for (const list of ["x,parley.v1", "parley.v1\t,x", " ,parley.v1,,"]) {
    assertEquals(choice(list), "parley.v1", list);
  }
  assertEquals(choice("parley.v9"), "unknown");
  assertEquals(choice(" , "), undefined);
});

Deno.test("IPv6 addresses count by their /64, IPv4 ones each", () => {
  assertEquals(addressUnit("192.0.2.7"), "192.0.2.7");
  assertEquals(addressUnit("::ffff:192.0.2.7"), "192.0.2.7");
  assertEquals(addressUnit("2001:db8:0:1:aaaa::1"), addressUnit("2001:0db8::1:bbbb:0:0:2"));
  assertEquals(addressUnit("2001:db8:0:1::1"), "2001:db8:0:1::/64");
  assertEquals(addressUnit("fe80::1%eth0"), "fe80:0:0:0::/64");
  assertEquals(addressUnit("::1"), "::1");
});
