import { assert, assertEquals } from "../assert.ts";
import { createHmac } from "node:crypto";
import { silentState } from "../../protocol/mod.ts";
import { type RoomEvent, signature, Webhooks } from "../../server/webhooks.ts";

const secret = "s3cret";

/** A queue with a scripted receiver; `waits`: the requested pauses. */
function scene(answers: (number | Error)[], url: string | null = "https://hook.example/") {
  const posted: { event: RoomEvent; signed: string }[] = [];
  const waits: number[] = [];
  const outcomes: string[] = [];
  const idle = Promise.withResolvers<void>();
  let expected = Infinity;
  const hooks = new Webhooks({
    target: () => url === null ? undefined : { url, secret },
    post: (_url, { body, headers }) => {
      const signed = new Headers(headers).get("parley-signature") ?? "";
      posted.push({ event: JSON.parse(String(body)), signed });
      const answer = answers.shift() ?? 200;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ status: answer });
    },
    after: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    onOutcome: (outcome) => {
      outcomes.push(outcome);
      if (outcomes.length >= expected) idle.resolve();
    },
  });
  const settled = (count: number) => {
    expected = count;
    if (outcomes.length >= count) idle.resolve();
    return idle.promise;
  };
  return { hooks, posted, waits, outcomes, settled };
}

Deno.test("events are sent in order, signed, and report only who joined and left", async () => {
  const { hooks, posted, outcomes, settled } = scene([]);
  hooks.opened("tea");
  const state = { microphone: true, camera: true, screen: false, hand: false };
  const peer = { peerId: "p1", name: "Ann", dialect: "parley", state, away: false } as const;
  hooks.published("tea", { type: "peer-joined", revision: 1, peer });
  hooks.published("tea", { type: "reaction", peerId: "p1", reaction: "heart" });
  hooks.published("tea", { type: "peer-left", revision: 2, peerId: "p1", reason: "left" });
  hooks.emptied("tea");
  await settled(4);
  assertEquals(outcomes, ["delivered", "delivered", "delivered", "delivered"]);
  assertEquals(
    posted.map(({ event: { id: _, at: __, ...rest } }) => rest),
    [
      { type: "room-opened", room: "tea" },
      { type: "peer-joined", room: "tea", peerId: "p1", name: "Ann" },
      { type: "peer-left", room: "tea", peerId: "p1", reason: "left" },
      { type: "room-emptied", room: "tea" },
    ],
  );
  for (const { event, signed } of posted) {
    const [, at = "", hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signed) ?? [];
    const wanted = createHmac("sha256", secret).update(`${at}.${JSON.stringify(event)}`)
      .digest("hex");
    assertEquals(hex, wanted);
  }
  assertEquals(new Set(posted.map(({ event }) => event.id)).size, 4);
});

Deno.test("events name nobody in a sealed room", async () => {
  const { hooks, posted, settled } = scene([]);
  const sealed = { hello: "h", card: "c" };
  const peer = { peerId: "p1", name: "", dialect: "parley", away: false, sealed } as const;
  const joined = { ...peer, state: silentState };
  hooks.published("tea", { type: "peer-joined", revision: 1, peer: joined });
  hooks.published("tea", { type: "peer-hello", revision: 2, peerId: "p1", ...sealed });
  hooks.published("tea", { type: "note", from: "p1", note: "n" });
  hooks.published("tea", { type: "peer-left", revision: 3, peerId: "p1", reason: "left" });
  await settled(2);
  assertEquals(
    posted.map(({ event: { id: _, at: __, ...rest } }) => rest),
    [
      { type: "peer-joined", room: "tea", peerId: "p1" },
      { type: "peer-left", room: "tea", peerId: "p1", reason: "left" },
    ],
  );
});

Deno.test("a failed try is made again after growing waits, the same event, and given up in the end", async () => {
  const { hooks, posted, waits, outcomes, settled } = scene([500, new Error("refused"), 200]);
  hooks.opened("tea");
  await settled(1);
  assertEquals([outcomes, waits], [["delivered"], [1_000, 2_000]]);
  assertEquals(new Set(posted.map(({ event }) => event.id)).size, 1);

  const dead = scene(Array.from({ length: 20 }, () => 503));
  dead.hooks.opened("tea");
  await dead.settled(1);
  assertEquals([dead.outcomes, dead.posted.length], [["failed"], 8]);
  assertEquals(dead.waits, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000]);
});

Deno.test("the queue is bounded and drops the oldest event", async () => {
  const { hooks, outcomes, posted, settled } = scene([]);
  for (let n = 0; n < 1_500; n++) hooks.opened(`room-${n}`);
  await settled(1_500);
  assertEquals(outcomes.filter((outcome) => outcome === "dropped").length, 499);
  assertEquals([posted[0]?.event.room, posted[1]?.event.room], ["room-0", "room-500"]);
});

Deno.test("without a receiver nothing is kept, and after closing nothing is sent", async () => {
  const none = scene([], null);
  assertEquals(signature("{}", { secret, at: 1 }).startsWith("t=1,v1="), true);
  none.hooks.opened("tea");
  const { hooks, posted } = scene([]);
  hooks.close();
  hooks.opened("tea");
  await Promise.resolve();
  assert(posted.length === 0 && none.posted.length === 0);
});

const ann = {
  peerId: "p1",
  name: "Ann",
  dialect: "parley",
  state: { microphone: true, camera: true, screen: false, hand: false },
  away: false,
} as const;

Deno.test("server-started is the first event, and a stop reports its rooms and people last", async () => {
  const { hooks, posted } = scene([]);
  hooks.start();
  hooks.opened("tea");
  hooks.published("tea", { type: "peer-joined", revision: 1, peer: ann });
  hooks.published("tea", { type: "peer-joined", revision: 2, peer: { ...ann, peerId: "p2" } });
  hooks.published("tea", { type: "peer-left", revision: 3, peerId: "p1", reason: "left" });
  hooks.opened("milk");
  hooks.emptied("milk");
  await hooks.finish();
  hooks.opened("late");
  await hooks.finish();
  const said = posted.map(({ event: { type, room, peerId, reason } }) =>
    [type, room, peerId, reason].filter(Boolean).join(" ")
  );
  assertEquals(said, [
    "server-started",
    "room-opened tea",
    "peer-joined tea p1",
    "peer-joined tea p2",
    "peer-left tea p1 left",
    "room-opened milk",
    "room-emptied milk",
    "peer-left tea p2 restart",
    "room-emptied tea",
  ]);
  assertEquals(hooks.waiting, 0);
});

Deno.test("a stop ends a long wait, then tries without a limit but in order, until it is over", async () => {
  const answers = Array.from({ length: 30 }, () => 503);
  const { hooks, posted, waits, outcomes } = scene(answers);
  hooks.start();
  hooks.opened("tea");
  await hooks.finish();
  assertEquals([posted.length, outcomes], [33, ["delivered", "delivered", "delivered"]]);
  assertEquals(waits.at(-1), 250);
  assertEquals(
    posted.slice(-3).map(({ event }) => event.type),
    ["server-started", "room-opened", "room-emptied"],
  );
});

Deno.test("a try that hangs at a stop is made again, with time left for the others", async () => {
  const posted: string[] = [];
  let ended = "";
  const hooks = new Webhooks({
    target: () => ({ url: "https://hook.example/", secret }),
    post: (_url, { body, signal }) => {
      posted.push(JSON.parse(String(body)).type);
      return posted.length > 1 ? Promise.resolve({ status: 200 }) : new Promise((_, reject) => {
        signal?.addEventListener("abort", () => {
          ended = String(signal.reason?.name);
          reject(new Error(ended));
        });
      });
    },
    after: () => Promise.resolve(),
    onOutcome: () => {},
  });
  hooks.opened("tea");
  await hooks.finish();
  assertEquals(posted, ["room-opened", "room-opened", "room-emptied"]);
  assertEquals(ended, "AbortError", "it did not run into its own limit");
});

Deno.test("without a receiver or time left, events are dropped and counted", async () => {
  let url: string | undefined = "https://hook.example/";
  const outcomes: string[] = [];
  const hooks = new Webhooks({
    target: () => url === undefined ? undefined : { url, secret },
    post: (_url, { signal }) =>
      new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new Error()))),
    after: () => Promise.resolve(),
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  hooks.opened("tea");
  hooks.emptied("tea");
  const done = hooks.finish();
  assertEquals(hooks.waiting, 2);
  hooks.close();
  await done;
  assertEquals([outcomes, hooks.waiting], [["dropped", "dropped"], 0]);

  const gone = scene([500, 500]);
  url = undefined;
  gone.hooks.close();
  gone.hooks.start();
  await gone.hooks.finish();
  assertEquals(gone.posted, []);
});
