// Whose credentials the relay takes, after each way a membership begins and ends.

import { assertEquals } from "../../assert.ts";
import { serverLimits, silentState } from "../../../protocol/mod.ts";
import { step } from "../../../signaling/core/core.ts";
import type { Effect, Incoming, Input } from "../../../signaling/core/core_types.ts";
import { CoreState } from "../../../signaling/core/state.ts";
import { TurnMembers } from "../../../server/turn/turn_members.ts";
import { coreOptions } from "../../signaling/core/core_options.ts";

/** A core that the relay observes as it observes a hub. */
class ObservedCore {
  readonly admitted = new Set<string>();
  /** What was told to the relay and to sockets, in order. */
  readonly told: string[] = [];
  isStopping = false;
  now = 1_000;
  /** The names in the credentials that were made. */
  readonly named: string[] = [];
  readonly #state = new CoreState(coreOptions({
    ice: {
      renewMs: undefined,
      serversFor: ({ peerId }) => {
        this.named.push(peerId);
        return [];
      },
    },
  }));
  readonly #members = new TurnMembers({
    admit: (peerId) => {
      this.admitted.add(peerId);
      this.told.push(`admit ${peerId}`);
    },
    revoke: (peerId) => void this.admitted.delete(peerId),
  }, { isStopping: () => this.isStopping, later: () => {} });

  step(input: Input): void {
    for (const effect of step(this.#state, input)) this.#apply(effect);
  }

  say(socketId: number, message: Incoming): void {
    this.step({ kind: "message", socketId, dialect: "parley", message, ...this.moment });
  }

  /** A member, and the token by which it can resume. */
  join(socketId: number, peerId: string, resume?: string): void {
    this.step({ kind: "connect", socketId, peerId, address: undefined, ...this.moment });
    this.say(socketId, { type: "join", room: "tea", name: "Ann", ...resume && { resume } });
  }

  /** A member of a sealed room, with the id that it proposes. */
  joinSealed(socketId: number, { room, peerId }: { room: string; peerId: string }): void {
    this.step({ kind: "connect", socketId, peerId: "made", address: undefined, ...this.moment });
    const sealed = { door: "d", peerId, hello: "h", card: "c" };
    this.say(socketId, { type: "join", room, name: "", sealed });
  }

  close(socketId: number, code: number): void {
    this.step({ kind: "close", socketId, code, ...this.moment });
  }

  pass(ms: number): void {
    this.now += ms;
    this.step({ kind: "tick", ...this.moment });
  }

  get moment(): { now: number; at: number } {
    return { now: this.now, at: this.now };
  }

  /** The newest token that was sent. */
  token = "";

  #apply(effect: Effect): void {
    if (effect.kind === "publish") this.#members.published(effect.room, effect.message);
    if (effect.kind !== "send" || effect.message.type !== "welcome") return;
    this.told.push(`welcome ${effect.message.peerId}`);
    this.token = effect.message.resumeToken;
  }
}

Deno.test("a peer is admitted before it is sent its credentials", () => {
  const core = new ObservedCore();
  core.join(1, "ann");
  core.join(2, "bob");
  assertEquals(core.told, ["admit ann", "welcome ann", "admit bob", "welcome bob"]);
});

const endings: Record<string, (core: ObservedCore) => void> = {
  "it leaves": (core) => core.say(1, { type: "leave" }),
  "its page closes": (core) => core.close(1, 1001),
  "its socket is lost for too long": (core) => {
    core.close(1, 1006);
    core.pass(serverLimits.awayMs - 1);
    assertEquals(core.admitted.has("ann"), true, "as long as it may come back");
    core.pass(1);
  },
  "it is removed": (core) => {
    const command = { does: "remove", peerId: "ann", ban: false } as const;
    core.step({ kind: "command", room: "tea", command, ...core.moment });
  },
  "its room is closed": (core) => {
    core.step({ kind: "command", room: "tea", command: { does: "close" }, ...core.moment });
  },
};

for (const [name, end] of Object.entries(endings)) {
  Deno.test(`a peer is no longer admitted when ${name}`, () => {
    const core = new ObservedCore();
    core.join(1, "ann");
    core.join(2, "bob");
    end(core);
    assertEquals(core.admitted.has("ann"), false);
    assertEquals(core.admitted.has("bob"), name !== "its room is closed");
  });
}

Deno.test("a peer that comes back is admitted all the time", () => {
  const core = new ObservedCore();
  core.join(1, "ann");
  core.close(1, 1006);
  core.join(2, "new", core.token);
  core.pass(serverLimits.awayMs);
  assertEquals([...core.admitted], ["ann"]);
});

Deno.test("a peer in two rooms is admitted until it has left both", () => {
  const admitted = new Set<string>();
  const members = new TurnMembers({
    admit: (peerId) => void admitted.add(peerId),
    revoke: (peerId) => void admitted.delete(peerId),
  }, { isStopping: () => false, later: () => {} });
  const peer = {
    peerId: "ann",
    name: "Ann",
    dialect: "parley",
    away: false,
    state: silentState,
  } as const;
  for (const room of ["tea", "cake"]) {
    members.published(room, { type: "peer-joined", revision: 1, peer });
  }
  const left = { type: "peer-left", revision: 2, peerId: "ann", reason: "left" } as const;
  members.published("tea", left);
  assertEquals(admitted.has("ann"), true);
  members.published("cake", left);
  assertEquals(admitted.has("ann"), false);
});

Deno.test("a peer that chose the id of another shares no credentials with it", () => {
  const core = new ObservedCore();
  core.join(1, "ann");
  core.joinSealed(2, { room: "cake", peerId: "ann" });
  core.joinSealed(3, { room: "jam", peerId: "ann" });
  assertEquals([...core.admitted], core.named, "each by the name in its credentials");
  assertEquals([core.named[0], core.admitted.size], ["ann", 3]);
  core.say(2, { type: "leave" });
  core.say(3, { type: "leave" });
  assertEquals([...core.admitted], ["ann"]);
});

Deno.test("while the server stops, people are relayed on", () => {
  const core = new ObservedCore();
  core.join(1, "ann");
  core.isStopping = true;
  core.close(1, 1012);
  assertEquals(core.admitted.has("ann"), true);
});

Deno.test("members of a room of another node are admitted with it, and for a while after it has gone", () => {
  const admitted = new Set<string>();
  const due: (() => void)[] = [];
  const members = new TurnMembers({
    admit: (peerId) => void admitted.add(peerId),
    revoke: (peerId) => void admitted.delete(peerId),
  }, { isStopping: () => false, later: (work) => void due.push(work) });
  const about = { name: "", dialect: "parley", away: false, state: silentState } as const;
  const ann = { ...about, peerId: "ann" };
  const bob = { ...about, peerId: "bob", sealed: { hello: "h", card: "c" } };
  members.restored("tea", [ann]);
  members.restored("cake", [bob]);
  const [, sealedName = ""] = admitted;
  assertEquals([admitted.size, admitted.has("ann"), sealedName === "bob"], [2, true, false]);
  members.handedOn("tea", [ann]);
  members.handedOn("cake", [bob]);
  assertEquals(admitted.size, 2);
  members.restored("tea", [ann]);
  for (const work of due) work();
  assertEquals([...admitted], ["ann"], "who has come back stays");
});
