import { assert, assertEquals } from "../../assert.ts";
import { type Followed, limits, serverLimits, silentState } from "../../../protocol/mod.ts";
import type { Effect, Incoming, SocketId } from "../../../signaling/core/core_types.ts";
import { step } from "../../../signaling/core/core.ts";
import { World } from "./world.ts";

const join = (
  room: string,
  more: { resume?: string; followed?: Followed } = {},
): Incoming => ({
  type: "join",
  room,
  name: "Ann",
  ...more,
});
const chat = (ref: string): Incoming => ({ type: "chat", ref, text: `line ${ref}` });

/** "who: what" for each send and close, in order. */
function outline(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => {
    if (effect.kind === "send") {
      const { message } = effect;
      // These have their own tests.
      if (message.type === "rules" || message.type === "owner-key") return [];
      const detail = message.type === "error" ? ` ${message.code}` : "";
      return [`${effect.socketId}: ${message.type}${detail}`];
    }
    return effect.kind === "close" ? [`${effect.socketId}: closed ${effect.reason}`] : [];
  });
}

function memberOf(world: World, room: string): SocketId {
  const socketId = world.connect();
  world.say(socketId, join(room));
  return socketId;
}

function missedOf(effects: readonly Effect[]): string[] {
  const welcome = effects.find((effect) =>
    effect.kind === "send" && effect.message.type === "welcome"
  );
  assert(welcome?.kind === "send" && welcome.message.type === "welcome");
  assert(welcome.message.resumed);
  return welcome.message.missed.map((line) => line.ref);
}

Deno.test("a newcomer is announced, then added, then gets the list", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  const newcomer = world.connect();
  assertEquals(outline(world.say(newcomer, join("a"))), [
    "0: peer-joined",
    "1: peer-joined",
    "2: welcome",
  ]);
});

Deno.test("a second join of the same room gets the list again and nobody else hears of it", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  assertEquals(outline(world.say(1, join("a"))), ["1: welcome"]);
});

Deno.test("a join of another room is a move", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "__proto__");
  memberOf(world, "a");
  assertEquals(outline(world.say(2, join("__proto__"))), [
    "0: peer-left",
    "1: peer-joined",
    "2: welcome",
  ]);
});

Deno.test("chat reaches everybody, its sender included, with ids that count up", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  assertEquals(outline(world.say(0, chat("r1"))), ["0: chat", "1: chat"]);
  const lines = world.say(1, chat("r2")).flatMap((effect) =>
    effect.kind === "send" && effect.message.type === "chat" ? [effect.message.line.id] : []
  );
  // Two joins and one line came before it.
  assertEquals(lines, [4, 4]);
});

Deno.test("a line sent again under the same ref is confirmed to its sender and told to nobody twice", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  world.say(0, chat("r1"));
  assertEquals(outline(world.say(0, chat("r1"))), ["0: chat"]);
});

Deno.test("strangers, the sender and other rooms' peers get the same answer: no such peer", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "constructor");
  for (const to of ["peer-0", "peer-1", "nobody", "__proto__"]) {
    const effects = world.say(0, { type: "signal", to, body: "peer-0" });
    assertEquals(outline(effects), ["0: error no-such-peer"]);
  }
});

Deno.test("what a peer missed in a brief loss comes with its welcome, and the others hear nothing", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  world.say(0, chat("r1"));
  world.close(1, 1006);
  world.say(0, chat("r2"));
  world.tick(1_000);
  assertEquals(outline(world.say(0, { type: "signal", to: "peer-1", body: "peer-0" })), []);
  const back = world.connect();
  const effects = world.say(
    back,
    join("a", { resume: world.tokens[1] ?? "", followed: { epoch: world.epoch, revision: 3 } }),
  );
  assertEquals(outline(effects), ["2: welcome", "2: signal"]);
  assertEquals(missedOf(effects), ["r2"]);
});

Deno.test("a longer loss is shown and taken back, and after the grace the peer is lost", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  world.close(1, 0);
  const seen: string[] = [];
  const tick = (ms: number) => {
    world.now += ms;
    seen.push(...outline(world.step({ kind: "tick", ...world.moment() })));
  };
  tick(2_999);
  assertEquals(seen, []);
  tick(1);
  assertEquals(seen, ["0: peer-away"]);
  const back = world.connect();
  const effects = world.say(back, join("a", { resume: world.tokens[1] ?? "" }));
  assertEquals(outline(effects), ["2: welcome", "0: peer-back", "2: peer-back"]);
  world.close(back, 1005);
  tick(serverLimits.awayMs - 1);
  assertEquals(seen.filter((line) => line === "0: peer-left"), []);
  tick(1);
  assertEquals(seen.at(-1), "0: peer-left");
});

Deno.test("a resume that arrives while the old socket looks open wins, and the old one is told", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  const copy = world.connect();
  const effects = world.say(copy, join("a", { resume: world.tokens[1] ?? "" }));
  assertEquals(outline(effects), ["1: error replaced", "1: closed replaced", "2: welcome"]);
});

Deno.test("the token before the last one still resumes: the welcome with the last one may be lost", () => {
  const world = new World();
  memberOf(world, "a");
  const token = world.tokens[0] ?? "";
  world.say(world.connect(), join("a", { resume: token }));
  world.close(1, 1006);
  const again = world.connect();
  assertEquals(outline(world.say(again, join("a", { resume: token }))), ["2: welcome"]);
});

Deno.test("of two copies that show one token the newest wins, and a still older token is nobody's", () => {
  const world = new World();
  memberOf(world, "a");
  const token = world.tokens[0] ?? "";
  world.say(world.connect(), join("a", { resume: token }));
  const copy = world.connect();
  assertEquals(outline(world.say(copy, join("a", { resume: token }))), [
    "1: error replaced",
    "1: closed replaced",
    "2: welcome",
  ]);
  assertEquals(outline(world.say(world.connect(), join("a", { resume: token }))), [
    "2: peer-joined",
    "3: welcome",
  ]);
});

Deno.test("who comes back gets nothing that was said before it came the first time", () => {
  const world = new World();
  memberOf(world, "a");
  world.say(0, chat("r1"));
  memberOf(world, "a");
  world.close(1, 1006);
  world.say(0, chat("r2"));
  const back = world.connect();
  const effects = world.say(
    back,
    join("a", { resume: world.tokens[1] ?? "", followed: { epoch: 0, revision: 0 } }),
  );
  assertEquals(missedOf(effects), ["r2"]);
});

Deno.test("a token that outlived its session brings the same peer id back as a newcomer", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  world.close(1, 1006);
  world.tick(serverLimits.awayMs);
  const back = world.connect();
  world.say(back, join("a", { resume: world.tokens[1] ?? "" }));
  assertEquals(world.core.members("a"), ["peer-0", "peer-1"]);
});

Deno.test("a page that closes is gone at once; so is a SkyRTC client, which cannot resume", () => {
  const world = new World();
  memberOf(world, "a");
  const old = world.connect("skyrtc");
  world.say(old, join("a"));
  world.close(old, 1006);
  assertEquals(world.core.members("a"), ["peer-0"]);
  world.close(0, 1001);
  assertEquals(world.core.counts(), { rooms: 0, peers: 0 });
});

Deno.test("a full room refuses one more peer and admits it after another left", () => {
  const world = new World();
  for (let n = 0; n < 3; n++) memberOf(world, "a");
  const late = world.connect();
  assertEquals(outline(world.say(late, join("a"))), ["3: error full", "3: closed full"]);
  world.say(0, { type: "leave" });
  assertEquals(outline(world.say(world.connect(), join("a"))).at(-1), "4: welcome");
});

Deno.test("who says nothing for 5 s, or does not join for 10 s, is asked to come again", () => {
  const world = new World();
  const silent = world.connect();
  const talker = world.connect();
  world.say(talker, { type: "ping" });
  world.tick(limits.firstMessageMs - 1);
  assertEquals([world.clients[silent]?.open, world.clients[talker]?.open], [true, true]);
  world.tick(1);
  assertEquals([world.clients[silent]?.open, world.clients[talker]?.open], [false, true]);
  world.tick(serverLimits.joinMs - limits.firstMessageMs - 1);
  assertEquals(world.clients[talker]?.open, true);
  world.tick(1);
  assertEquals(world.clients[talker]?.open, false);
});

Deno.test("the fifth bad message within a minute ends the connection, four do not", () => {
  const world = new World();
  memberOf(world, "a");
  for (let n = 0; n < 4; n++) {
    assertEquals(outline(world.say(0, undefined)), ["0: error bad-message"]);
  }
  world.now += serverLimits.badMessagesWindowMs;
  for (let n = 0; n < 4; n++) {
    assertEquals(outline(world.say(0, undefined)), ["0: error bad-message"]);
  }
  assertEquals(outline(world.say(0, undefined)), [
    "0: error bad-messages",
    "0: closed bad-messages",
  ]);
});

Deno.test("ten lines of chat at once pass, the next is refused, a second later one passes again", () => {
  const world = new World();
  memberOf(world, "a");
  for (let n = 0; n < limits.chatBurst; n++) {
    assertEquals(outline(world.say(0, chat(`r${n}`))), ["0: chat"]);
  }
  assertEquals(outline(world.say(0, chat("x1"))), ["0: error rate"]);
  world.now += 1_000;
  assertEquals(outline(world.say(0, chat("x2"))), ["0: chat"]);
  assertEquals(outline(world.say(0, chat("x3"))), ["0: error rate"]);
  assertEquals(outline(world.say(0, chat("x4"))), ["0: error rate", "0: closed rate"]);
});

Deno.test("as many signals as the burst go at once, the next one waits for its turn", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  for (let n = 0; n < limits.signalBurst - serverLimits.joinCost; n++) {
    const effects = world.say(0, { type: "signal", to: "peer-1", body: "peer-0" });
    assertEquals(outline(effects), ["1: signal"]);
  }
  assertEquals(outline(world.say(0, { type: "signal", to: "peer-1", body: "peer-0" })), [
    "0: error rate",
  ]);
  world.now += 1_000 / limits.signalPerSecond;
  assertEquals(outline(world.say(0, { type: "signal", to: "peer-1", body: "peer-0" })), [
    "1: signal",
  ]);
});

Deno.test("a join counts as forty messages, and one that only asks for the list brings no history", () => {
  const world = new World(undefined, "while-occupied");
  memberOf(world, "a");
  world.say(0, chat("r1"));
  const asked = limits.signalBurst / serverLimits.joinCost - 1;
  for (let n = 0; n < asked; n++) {
    const [welcome] = world.say(0, join("a"));
    assert(welcome?.kind === "send" && welcome.message.type === "welcome");
    assertEquals([welcome.message.missed, welcome.message.recent], [[], []]);
  }
  assertEquals(outline(world.say(0, join("a"))), ["0: error rate"]);
});

Deno.test("too many state changes are told as one, the newest, with a later tick", () => {
  const world = new World();
  memberOf(world, "a");
  memberOf(world, "a");
  let told = 0;
  for (let n = 0; n < 40; n++) {
    const state = { ...silentState, camera: true, screen: n % 2 === 1 };
    told += world.say(0, { type: "state", state }).length;
  }
  // Each broadcast change is two sends and one publish.
  assertEquals(told / 3, serverLimits.stateBurst);
  world.now += 1_000;
  const late = step(world.core, { kind: "tick", ...world.moment() });
  const change = late.find((effect) => effect.kind === "send");
  assert(change?.kind === "send" && change.message.type === "peer-changed");
  assertEquals(change.message.state.screen, true);
});
