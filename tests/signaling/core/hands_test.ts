import { assert, assertEquals } from "../../assert.ts";
import { limits, serverLimits, silentState } from "../../../protocol/mod.ts";
import type { Effect, SocketId } from "../../../signaling/core/core_types.ts";
import { World } from "./world.ts";

function enter(world: World, hand = false): SocketId {
  const socketId = world.connect();
  world.say(socketId, { type: "join", room: "a", name: "Ann", state: { ...silentState, hand } });
  return socketId;
}

function setHand(world: World, { of, up }: { of: SocketId; up: boolean }): Effect[] {
  return world.say(of, { type: "state", state: { ...silentState, hand: up } });
}

/** The raised hands that these effects send to one socket; undefined: none. */
function told(effects: readonly Effect[], socketId: SocketId): readonly string[] | undefined {
  const last = effects.findLast((effect) =>
    effect.kind === "send" && effect.socketId === socketId && effect.message.type === "hands"
  );
  return last?.kind === "send" && last.message.type === "hands" ? last.message.peerIds : undefined;
}

Deno.test("raised hands are told to everybody in the order in which they went up", () => {
  const world = new World();
  const [ann, bob] = [enter(world), enter(world)];
  assertEquals(told(setHand(world, { of: bob, up: true }), ann), ["peer-1"]);
  const both = setHand(world, { of: ann, up: true });
  assertEquals(told(both, ann), ["peer-1", "peer-0"]);
  assertEquals(told(both, bob), ["peer-1", "peer-0"]);
  assertEquals(told(setHand(world, { of: bob, up: false }), ann), ["peer-0"]);
  const again = setHand(world, { of: bob, up: true });
  assertEquals(told(again, ann), ["peer-0", "peer-1"], "who lowers it loses the place");
});

Deno.test("a late one sees the same order; one who comes with a hand up is last", () => {
  const world = new World();
  const [ann, bob] = [enter(world), enter(world)];
  setHand(world, { of: bob, up: true });
  setHand(world, { of: ann, up: true });
  const late = world.connect();
  const state = { ...silentState, hand: true };
  const effects = world.say(late, { type: "join", room: "a", name: "Cem", state });
  assertEquals(told(effects, late), ["peer-1", "peer-0", "peer-2"]);
  assertEquals(told(effects, ann), ["peer-1", "peer-0", "peer-2"]);
});

Deno.test("a hand keeps its place over a loss, and goes with its peer", () => {
  const world = new World();
  const [ann, bob] = [enter(world), enter(world)];
  setHand(world, { of: ann, up: true });
  setHand(world, { of: bob, up: true });
  const token = world.tokens[0] ?? "";
  world.close(ann, 1006);
  world.tick(2_000);
  const back = world.connect();
  const effects = world.say(back, { type: "join", room: "a", name: "Ann", resume: token });
  assertEquals(told(effects, back), ["peer-0", "peer-1"]);
  assertEquals(told(effects, bob), undefined, "the others have it");
  assertEquals(told(world.say(back, { type: "leave" }), bob), ["peer-1"]);
});

Deno.test("a hand that goes down and up again too fast to be told has still lost its place", () => {
  const world = new World();
  const [ann, bob] = [enter(world), enter(world)];
  setHand(world, { of: ann, up: true });
  setHand(world, { of: bob, up: true });
  for (let time = 0; time < serverLimits.stateBurst; time++) {
    world.say(ann, { type: "rename", name: `Ann ${time}` });
  }
  assertEquals(told(setHand(world, { of: ann, up: false }), bob), undefined);
  assertEquals(told(setHand(world, { of: ann, up: true }), bob), undefined);
  world.now += 1_000;
  const effects = world.step({ kind: "tick", ...world.moment() });
  assertEquals(told(effects, bob), ["peer-1", "peer-0"]);
});

Deno.test("a reaction is shown to everybody at once, with its true sender, and to no newcomer", () => {
  const world = new World();
  const [ann, bob] = [enter(world), enter(world)];
  const effects = world.say(ann, { type: "react", reaction: "applause" });
  const message = { type: "reaction", peerId: "peer-0", reaction: "applause" } as const;
  assertEquals(effects.filter(({ kind }) => kind === "send"), [
    { kind: "send", socketId: ann, message },
    { kind: "send", socketId: bob, message },
  ]);
  const late = world.connect();
  const welcome = world.say(late, { type: "join", room: "a", name: "Cem" });
  assert(!JSON.stringify(welcome).includes("applause"));
});

Deno.test("a peer that is away misses reactions for good", () => {
  const world = new World();
  const [ann, bob] = [enter(world), enter(world)];
  world.close(bob, 1006);
  world.say(ann, { type: "react", reaction: "heart" });
  const back = world.connect();
  const resume = world.tokens[1] ?? "";
  const effects = world.say(back, { type: "join", room: "a", name: "Bob", resume });
  assert(!JSON.stringify(effects).includes("heart"));
});

Deno.test("reactions have a rate of their own: at the limit, beyond it, and after a while", () => {
  const world = new World();
  const ann = enter(world);
  const react = () =>
    world.say(ann, { type: "react", reaction: "laughter" }).flatMap((effect) =>
      effect.kind === "send" ? [effect.message.type] : []
    );
  for (let time = 0; time < limits.reactionBurst; time++) assertEquals(react(), ["reaction"]);
  assertEquals(react(), ["error"]);
  const line = world.say(ann, { type: "chat", ref: "r", text: "still writes" });
  assertEquals(line[0]?.kind === "send" && line[0].message.type, "chat");
  world.now += 1_000 / serverLimits.reactionPerSecond;
  assertEquals(react(), ["reaction"]);
});

Deno.test("a client in no room cannot react", () => {
  const world = new World();
  const effects = world.say(world.connect(), { type: "react", reaction: "heart" });
  assert(effects[0]?.kind === "send" && effects[0].message.type === "error");
});
