import { assertEquals } from "../assert.ts";
import { ReadLimit, readLimits } from "../../server/read_limit.ts";

function ask(limit: ReadLimit, address: string, { now, times }: { now: number; times: number }) {
  return Array.from({ length: times }, () => limit.admits(address, now)).filter(Boolean).length;
}

Deno.test("an address has a burst of requests, and more after a wait", () => {
  const limit = new ReadLimit();
  const { burst, perSecond } = readLimits;
  assertEquals(ask(limit, "192.0.2.7", { now: 0, times: burst + 1 }), burst);
  assertEquals(ask(limit, "192.0.2.7", { now: 1_000, times: burst }), perSecond);
  assertEquals(ask(limit, "192.0.2.7", { now: 60_000, times: burst + 1 }), burst);
});

Deno.test("each address counts separately, IPv6 by network, loopback not at all", () => {
  const limit = new ReadLimit();
  const { burst } = readLimits;
  assertEquals(ask(limit, "192.0.2.7", { now: 0, times: burst + 5 }), burst);
  assertEquals(ask(limit, "192.0.2.8", { now: 0, times: 5 }), 5);
  assertEquals(ask(limit, "2001:db8::1", { now: 0, times: burst }), burst);
  assertEquals(ask(limit, "2001:db8::2", { now: 0, times: 1 }), 0);
  assertEquals(ask(limit, "127.0.0.1", { now: 0, times: burst * 2 }), burst * 2);
});

Deno.test("an address that is quiet again is forgotten", () => {
  const limit = new ReadLimit();
  for (let host = 0; host < 200; host++) limit.admits(`192.0.2.${host}`, 0);
  assertEquals(limit.size, 200);
  limit.admits("198.51.100.1", 120_000);
  assertEquals(limit.size, 1);
});
