// Which notices are sent, how often, and what becomes of those that a push service does not take.

import { assertEquals } from "../../assert.ts";
import { doorbellLimits } from "../../../protocol/mod.ts";
import {
  Doorbell,
  type DoorbellParts,
  type NoticeOutcome,
  retryMs,
} from "../../../server/doorbell/doorbell.ts";
import type { PushAnswer, PushRequest } from "../../../server/doorbell/push_request.ts";
import { RingLimit, ringLimits } from "../../../server/doorbell/ring_limit.ts";
import { VapidKey } from "../../../server/doorbell/vapid.ts";
import { Browser } from "./browser.ts";
import { readVapid } from "./read_vapid.ts";

const key = new VapidKey(new Uint8Array(32).fill(1));
const browser = new Browser();
const bell = { endpoint: "https://push.example/1", ...browser.keys };

/** A doorbell in virtual time; `answers`: of the push service, in order; then 201. */
function doorbell(answers: readonly (Partial<PushAnswer> | "down")[] = [], more = {}) {
  let at = 1_000_000;
  const sent: { at: number; request: PushRequest }[] = [];
  const outcomes: NoticeOutcome[] = [];
  const gone: string[] = [];
  const parts: DoorbellParts = {
    key: () => key,
    contact: () => undefined,
    push: (request) => {
      const answer = answers[sent.length] ?? {};
      sent.push({ at, request });
      return answer === "down"
        ? Promise.reject(new Error("not reached"))
        : Promise.resolve({ status: 201, retryAfter: undefined, ...answer });
    },
    onGone: (room, endpoint) => gone.push(`${room} ${endpoint}`),
    onOutcome: (outcome) => outcomes.push(outcome),
    at: () => at,
    after: (ms) => {
      at += ms;
      return Promise.resolve();
    },
    ...more,
  };
  const made = new Doorbell(parts);
  const ring = async (about: { name?: string; letIn?: string; room?: string } = {}) => {
    const { room = "tea", name = "Bob", letIn } = about;
    const why = letIn === undefined ? "entered" : "knock";
    const ring = { why, name, bells: [bell], address: undefined } as const;
    made.rang(room, letIn === undefined ? ring : { ...ring, letIn });
    while (made.waiting > 0) await new Promise((resolve) => setTimeout(resolve));
  };
  return { ring, made, sent, outcomes, gone, pass: (ms: number) => at += ms };
}

Deno.test("a notice says what happened, to one browser, by the key of the server", async () => {
  const { ring, sent, outcomes } = doorbell();
  await ring({ letIn: "token" });
  assertEquals(outcomes, ["delivered"]);
  const [{ request: { endpoint, headers, body } } = fail()] = sent;
  assertEquals(endpoint, bell.endpoint);
  const notice = JSON.parse(browser.read(body));
  assertEquals(notice, { room: "tea", why: "knock", name: "Bob", letIn: "token" });
  const { authorization = "", topic = "", ...rest } = headers;
  assertEquals((await readVapid(authorization)).publicKey, key.publicKey);
  assertEquals(topic.length, 32);
  assertEquals(rest, {
    "content-encoding": "aes128gcm",
    "content-type": "application/octet-stream",
    ttl: "600",
    urgency: "high",
  });
});

Deno.test("without a name the notice has none", async () => {
  const { ring, sent } = doorbell();
  await ring({ name: "" });
  const [{ request: { body } } = fail()] = sent;
  assertEquals(JSON.parse(browser.read(body)), { room: "tea", why: "entered" });
});

Deno.test("a subscription that is gone is removed, and not tried again", async () => {
  for (const status of [404, 410]) {
    const { ring, sent, outcomes, gone } = doorbell([{ status }]);
    await ring();
    assertEquals([sent.length, outcomes, gone], [1, ["gone"], ["tea https://push.example/1"]]);
  }
});

Deno.test("a push service that asks for time gets it", async () => {
  const { ring, sent, outcomes } = doorbell([{ status: 429, retryAfter: "30" }]);
  await ring();
  assertEquals(outcomes, ["delivered"]);
  assertEquals(sent.map(({ at }) => at - 1_000_000), [0, 30_000]);
  assertEquals(sent[1]?.request.headers.ttl, "570", "of the time of its ring");
});

Deno.test("nothing else is sent to that service meanwhile, and what gets too old is dropped", async () => {
  const retryAfter = String(doorbellLimits.letInMs / 1000);
  const { ring, sent, outcomes, pass } = doorbell([{ status: 503, retryAfter }]);
  await ring();
  assertEquals([sent.length, outcomes], [1, ["dropped"]]);
  pass(1_000);
  await ring({ room: "coffee" });
  assertEquals(sent[1]?.at, 1_000_000 + doorbellLimits.letInMs);
  assertEquals(outcomes, ["dropped", "delivered"]);
});

Deno.test("an error of the service or the network is tried again, a refusal is not", async () => {
  const first = doorbell(["down", { status: 500 }]);
  await first.ring();
  assertEquals(first.outcomes, ["delivered"]);
  assertEquals(first.sent.map(({ at }) => at - 1_000_000), [0, 5_000, 15_000]);
  const second = doorbell(["down", "down", "down", "down"]);
  await second.ring();
  assertEquals([second.sent.length, second.outcomes], [4, ["failed"]]);
  for (const status of [301, 400, 401, 403, 413]) {
    const refused = doorbell([{ status }]);
    await refused.ring();
    assertEquals([refused.sent.length, refused.outcomes], [1, ["failed"]], String(status));
  }
});

Deno.test("a server without a doorbell sends nothing", async () => {
  const { ring, sent, outcomes } = doorbell([], { key: () => undefined });
  await ring();
  assertEquals([sent, outcomes], [[], []]);
});

Deno.test("a room rings a few times, then seldom", async () => {
  const { ring, sent, outcomes, pass } = doorbell();
  for (let n = 0; n < ringLimits.room.burst + 2; n++) await ring();
  assertEquals(sent.length, ringLimits.room.burst);
  assertEquals(outcomes.slice(-2), ["limited", "limited"]);
  await ring({ room: "coffee" });
  pass(31_000);
  await ring();
  assertEquals(sent.length, ringLimits.room.burst + 2);
});

Deno.test("one client cannot use up the rings of every room", () => {
  const limit = new RingLimit();
  const address = "192.0.2.1";
  const { burst } = ringLimits.client;
  const rings = Array.from(
    { length: burst + 2 },
    (_, n) => limit.admits({ room: `room ${n}`, address }, 0),
  );
  assertEquals(rings.filter(Boolean).length, burst);
  assertEquals(limit.admits({ room: `room ${burst + 1}`, address: "192.0.2.2" }, 0), true);
});

Deno.test("rooms and clients are forgotten once they may ring as often again", () => {
  const limit = new RingLimit();
  limit.admits({ room: "tea", address: "192.0.2.1" }, 100_000);
  assertEquals(limit.size, 2);
  limit.admits({ room: "coffee", address: undefined }, 1_000_000);
  assertEquals(limit.size, 1);
});

Deno.test("too many notices at once are dropped", async () => {
  const { promise, resolve } = Promise.withResolvers<PushAnswer>();
  const { made, outcomes } = doorbell([], { push: () => promise });
  const bells = Array(5).fill(bell);
  for (let n = 0; n < 45; n++) {
    made.rang(`room ${n}`, { why: "entered", name: "", bells, address: undefined });
  }
  assertEquals(made.waiting, 208);
  assertEquals(outcomes.length, 45 * 5 - 208);
  resolve({ status: 201, retryAfter: undefined });
  while (made.waiting > 0) await new Promise((resolve) => setTimeout(resolve));
  assertEquals(outcomes.filter((outcome) => outcome === "delivered").length, 208);
});

Deno.test("Retry-After is seconds or a date", () => {
  const at = Date.parse("2026-03-29T00:30:00Z");
  assertEquals(retryMs("120", at), 120_000);
  assertEquals(retryMs("Sun, 29 Mar 2026 00:31:00 GMT", at), 60_000);
  assertEquals(retryMs("Sun, 29 Mar 2026 00:29:00 GMT", at), 0);
  assertEquals(retryMs("soon", at), undefined);
  assertEquals(retryMs(undefined, at), undefined);
});

function fail(): never {
  throw new Error("nothing was sent");
}
