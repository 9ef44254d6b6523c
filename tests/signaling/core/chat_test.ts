// Private lines, changed lines and history in the core.

import { assert, assertEquals } from "../../assert.ts";
import { type ChatLine, type Followed, limits, type Welcome } from "../../../protocol/mod.ts";
import type { Effect, Incoming, SocketId } from "../../../signaling/core/core_types.ts";
import { World } from "./world.ts";

type Coming = { resume?: string; followed?: Followed };

function come(world: World, more: Coming = {}): SocketId {
  const socketId = world.connect();
  return welcomeOf(world, socketId, more).socketId;
}

/** Joins room "a" on a socket and returns the welcome. */
function welcomeOf(world: World, socketId: SocketId, more: Coming = {}) {
  const join: Incoming = { type: "join", room: "a", name: `N${socketId}`, ...more };
  const [welcome] = world.say(socketId, join).flatMap((effect) =>
    effect.kind === "send" && effect.message.type === "welcome" ? [effect.message] : []
  );
  assert(welcome);
  return { socketId, ...welcome };
}

/** "receiver: line" for each chat message sent, and error codes. */
function told(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== "send") return [];
    const { socketId, message } = effect;
    if (message.type === "chat") return [`${socketId}: ${outline(message.line)}`];
    return message.type === "error" ? [`${socketId}: ${message.code} ${message.about}`] : [];
  });
}

function outline({ id, ref, text, to, changed }: ChatLine): string {
  return [`${ref}@${id}`, text ?? "(taken back)", to && `to ${to.name}`, changed && `~${changed}`]
    .filter(Boolean).join(" ");
}

const lines = ({ missed, recent }: Pick<Welcome, "missed" | "recent">) => ({
  missed: missed.map(outline),
  recent: recent.map(outline),
});

const say = (ref: string, more: { to?: string; answers?: string } = {}): Incoming => ({
  type: "chat",
  ref,
  text: `text ${ref}`,
  ...more,
});
const edit = (ref: string, text: string | null): Incoming => ({ type: "edit", ref, text });

Deno.test("a private line reaches its sender and one other, and takes no revision", () => {
  const world = new World();
  for (let n = 0; n < 3; n++) come(world);
  assertEquals(told(world.say(0, say("r1", { to: "peer-1" }))), [
    "0: r1@3 text r1 to N1",
    "1: r1@3 text r1 to N1",
  ]);
  assertEquals(told(world.say(2, say("r2"))), [
    "0: r2@4 text r2",
    "1: r2@4 text r2",
    "2: r2@4 text r2",
  ]);
});

Deno.test("nobody can send private lines to strangers, to themselves or to a SkyRTC page", () => {
  const world = new World();
  come(world);
  const page = world.connect("skyrtc");
  world.say(page, { type: "join", room: "a", name: "Guest" });
  for (const to of ["nobody", "peer-0"]) {
    assertEquals(told(world.say(0, say("r1", { to }))), ["0: no-such-peer r1"]);
  }
  assertEquals(told(world.say(0, say("r1", { to: "peer-1" }))), ["0: no-private r1"]);
});

Deno.test("nothing of a private line is published", () => {
  const world = new World();
  come(world);
  come(world);
  const published = [say("r1", { to: "peer-1" }), edit("r1", "new"), say("r2")].flatMap((message) =>
    world.say(0, message).filter(({ kind }) => kind === "publish")
  );
  assertEquals(published.length, 1, "only the public one");
});

Deno.test("whispers said in a loss come with the welcome, to nobody but their own two", () => {
  const world = new World();
  for (let n = 0; n < 3; n++) come(world);
  const followed = { epoch: world.epoch, revision: 3 };
  world.say(0, say("r1", { to: "peer-1" }));
  world.close(1, 1006);
  world.close(2, 1006);
  world.say(0, say("r2", { to: "peer-1" }));
  world.say(0, say("r3"));
  const [, first = "", second = ""] = world.tokens;
  const ana = welcomeOf(world, world.connect(), { resume: first, followed });
  // r1 has the revision that she followed up to, so it is sent again; she knows its ref.
  assertEquals(lines(ana).missed, [
    "r1@3 text r1 to N1",
    "r2@3 text r2 to N1",
    "r3@4 text r3",
  ]);
  const bo = welcomeOf(world, world.connect(), { resume: second, followed });
  assertEquals(lines(bo).missed, ["r3@4 text r3"]);
});

Deno.test("a change is told to everybody with the line's old place, and changes nothing else", () => {
  const world = new World();
  come(world);
  come(world);
  world.say(0, say("r1"));
  assertEquals(told(world.say(0, edit("r1", "better"))), [
    "0: r1@3 better ~3",
    "1: r1@3 better ~3",
  ]);
  assertEquals(told(world.say(0, edit("r1", "better"))), ["0: r1@3 better ~3"], "said twice");
  assertEquals(told(world.say(0, edit("r1", null))), [
    "0: r1@3 (taken back) ~3",
    "1: r1@3 (taken back) ~3",
  ]);
  assertEquals(told(world.say(0, edit("r1", "back"))), ["0: no-such-line r1"]);
});

Deno.test("nobody can change a line of another peer, or one that does not exist", () => {
  const world = new World();
  come(world);
  come(world);
  world.say(0, say("r1"));
  assertEquals(told(world.say(1, edit("r1", "hers"))), ["1: no-such-line r1"]);
  assertEquals(told(world.say(1, edit("r2", null))), ["1: no-such-line r2"]);
});

Deno.test("a change of a private line stays between its two", () => {
  const world = new World();
  for (let n = 0; n < 3; n++) come(world);
  world.say(0, say("r1", { to: "peer-1" }));
  assertEquals(told(world.say(0, edit("r1", null))).map((line) => line[0]), ["0", "1"]);
});

Deno.test("who was away for a change gets the line as it is now", () => {
  const world = new World();
  come(world);
  come(world);
  world.say(0, say("r1"));
  const followed = { epoch: world.epoch, revision: 3 };
  world.close(1, 1006);
  world.say(0, edit("r1", "better"));
  const back = welcomeOf(world, world.connect(), { resume: world.tokens[1] ?? "", followed });
  assertEquals(lines(back).missed, ["r1@3 better ~3"]);
});

Deno.test("while the room is occupied a newcomer gets what was said, as it is now", () => {
  const world = new World(undefined, "while-occupied");
  come(world);
  come(world);
  for (const ref of ["r1", "r2", "r3"]) world.say(0, say(ref));
  world.say(0, say("r4", { to: "peer-1", answers: "r1" }));
  world.say(0, edit("r1", "better"));
  world.say(0, edit("r2", null));
  const welcome = welcomeOf(world, world.connect());
  assertEquals(lines(welcome), {
    missed: [],
    recent: ["r1@3 better ~5", "r2@4 (taken back) ~5", "r3@5 text r3"],
  });
});

Deno.test("who reloads a page gets its own whispers too, and the room forgets all when it is empty", () => {
  const world = new World(undefined, "while-occupied");
  come(world);
  come(world);
  world.say(0, say("r1", { to: "peer-1" }));
  world.close(1, 1006);
  const back = welcomeOf(world, world.connect(), { resume: world.tokens[1] ?? "" });
  assertEquals(lines(back).recent, ["r1@2 text r1 to N1"]);
  world.close(0, 1000);
  world.close(2, 1000);
  assertEquals(lines(welcomeOf(world, world.connect())).recent, []);
});

Deno.test("without history a newcomer gets nothing, whatever it shows or claims", () => {
  const world = new World();
  come(world);
  world.say(0, say("r1"));
  const ana = welcomeOf(world, world.connect());
  assertEquals(lines(ana), { missed: [], recent: [] });
  world.say(0, say("r2"));
  assertEquals(told(world.say(0, edit("r1", "better"))), ["0: r1@2 better ~4"], "not to Ana");
  // Leaving with the token and rejoining with it gives no access.
  world.say(1, { type: "leave" });
  const followed = { epoch: 0, revision: 0 };
  const back = welcomeOf(world, world.connect(), { resume: ana.resumeToken, followed });
  assertEquals(lines(back), { missed: ["r2@4 text r2"], recent: [] });
});

Deno.test("a change counts as a line of chat for the rate", () => {
  const world = new World();
  come(world);
  world.say(0, say("r0"));
  for (let n = 1; n < limits.chatBurst; n++) world.say(0, edit("r0", `text ${n}`));
  assertEquals(told(world.say(0, edit("r0", "too fast"))), ["0: rate r0"]);
});
