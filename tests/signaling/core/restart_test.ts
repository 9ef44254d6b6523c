// What outlives a process: a second core with the same key stands for the restarted server.

import { assert, assertEquals } from "../../assert.ts";
import { type Followed, limits, serverLimits, type Welcome } from "../../../protocol/mod.ts";
import { step } from "../../../signaling/core/core.ts";
import { CoreState } from "../../../signaling/core/state.ts";
import type { Effect, Outgoing } from "../../../signaling/core/core_types.ts";
import { iceProvider } from "../../../signaling/core/ice.ts";
import { signedTokens } from "../../../signaling/core/tokens.ts";
import { coreOptions } from "./core_options.ts";

const tokens = signedTokens(new Uint8Array(32).fill(3));
const turn = { urlsFor: () => ["turn:t"], secret: "s", lifetimeMs: 60_000 };

/** One process of a server, with a short way to write what happens. */
class Life {
  readonly #core = new CoreState(
    coreOptions({ tokens, ice: iceProvider(() => ({ fixed: [], relays: [turn] })) }),
  );
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  connect(socketId: number): void {
    this.step({ kind: "connect", socketId, peerId: `new-${socketId}`, address: undefined });
  }

  join(socketId: number, more: { resume?: string; followed?: Followed } = {}): Welcome {
    this.connect(socketId);
    const message = { type: "join", room: "tea", name: "Ann", ...more } as const;
    const effects = this.step({ kind: "message", socketId, dialect: "parley", message });
    return only(effects, { socketId, type: "welcome" });
  }

  say(socketId: number, text: string): Effect[] {
    const message = { type: "chat", ref: text, text } as const;
    return this.step({ kind: "message", socketId, dialect: "parley", message });
  }

  // deno-lint-ignore no-explicit-any -- every input but for its time
  step(input: any): Effect[] {
    return step(this.#core, { ...input, now: this.now, at: this.now });
  }

  get members(): string[] {
    return this.#core.members("tea");
  }
}

function only<T extends Outgoing["type"]>(
  effects: Effect[],
  { socketId, type }: { socketId: number; type: T },
): Outgoing & { type: T } {
  const found = effects.flatMap((effect) =>
    effect.kind === "send" && effect.socketId === socketId && isOf(effect.message, type)
      ? [effect.message]
      : []
  );
  assert(found.length === 1 && found[0], `${found.length} times ${type} for ${socketId}`);
  return found[0];
}

function isOf<T extends Outgoing["type"]>(
  message: Outgoing,
  type: T,
): message is Outgoing & { type: T } {
  return message.type === type;
}

Deno.test("after a restart everybody has the same id, and hears what was written before they were back", () => {
  const before = new Life(1_000);
  const ann = before.join(1);
  const bo = before.join(2);
  before.say(1, "before");
  const followed = { epoch: bo.epoch, revision: bo.revision + 1 };

  const after = new Life(20_000);
  const annBack = after.join(7, { resume: ann.resumeToken, followed });
  assertEquals([annBack.peerId, annBack.resumed], [ann.peerId, false]);
  after.say(7, "meanwhile");
  const boBack = after.join(8, { resume: bo.resumeToken, followed });
  assertEquals(boBack.peerId, bo.peerId);
  assertEquals(boBack.roster.map((peer) => peer.peerId), [ann.peerId]);
  assertEquals(boBack.missed.map((line) => line.text), ["meanwhile"]);
  assertEquals(boBack.gap, false);
  assert(boBack.epoch !== bo.epoch, "it is another life of the room");
});

Deno.test("the token of the life before brings one peer back, however often it is shown", () => {
  const ann = new Life(1_000).join(1);
  const after = new Life(20_000);
  after.join(7, { resume: ann.resumeToken });
  const again = after.join(8, { resume: ann.resumeToken });
  assertEquals([again.peerId, again.resumed], [ann.peerId, true]);
  const late = after.join(9, { resume: ann.resumeToken });
  assertEquals(late.peerId, "new-9");
  assertEquals(after.members, [ann.peerId, "new-9"]);
});

Deno.test("who never was a member gets nothing of what was said before", () => {
  const life = new Life(1_000);
  life.join(1);
  life.say(1, "private");
  const stranger = life.join(2, { followed: { epoch: 0, revision: 0 } });
  assertEquals([stranger.missed, stranger.gap], [[], false]);
});

Deno.test("when more was missed than is kept, the gap is marked", () => {
  const life = new Life(1_000);
  life.join(1);
  const bo = life.join(2);
  life.step({ kind: "close", socketId: 2, code: 1006 });
  for (let n = 0; n <= limits.recentChatLines; n++) {
    life.now += 1_000;
    life.say(1, `line ${n}`);
  }
  life.now += 1_000;
  const { epoch, revision } = bo;
  const back = life.join(3, { resume: bo.resumeToken, followed: { epoch, revision } });
  assertEquals([back.missed.length, back.gap], [limits.recentChatLines, true]);
});

Deno.test("each peer gets its own relay credentials, and new ones at half their lifetime", () => {
  const life = new Life(1_000);
  const ann = life.join(1);
  assertEquals(ann.iceServers, [{
    urls: ["turn:t"],
    username: `61:${ann.peerId}`,
    // base64(HMAC-SHA-1("s", "61:new-1")), by openssl.
    credential: "yH2fgvoxCMjHQR5nmh0/r9FRP+s=",
  }]);
  life.now += 29_999;
  const quiet = life.step({ kind: "tick" });
  assert(!quiet.some((effect) => effect.kind === "send" && effect.message.type === "ice-servers"));
  life.now += 1;
  const { iceServers } = only(life.step({ kind: "tick" }), { socketId: 1, type: "ice-servers" });
  assertEquals(iceServers[0]?.username, `91:${ann.peerId}`);
});

Deno.test("the report of a peer on its links is sent to the others, and to those who join later", () => {
  const life = new Life(1_000);
  const ann = life.join(1);
  const bo = life.join(2);
  const links = [{
    peerId: bo.peerId,
    state: "failed",
    path: "unknown",
    protocol: "unknown",
    rtt: null,
    loss: null,
    kbps: null,
    cause: "no-relay",
  }] as const;
  const message = { type: "report", links } as const;
  const told = life.step({ kind: "message", socketId: 1, dialect: "parley", message });
  const report = only(told, { socketId: 2, type: "peer-report" });
  assertEquals([report.peerId, report.links], [ann.peerId, [...links]]);
  life.connect(3);
  const join = { type: "join", room: "tea", name: "Cem" } as const;
  const late = life.step({ kind: "message", socketId: 3, dialect: "parley", message: join });
  assertEquals(only(late, { socketId: 3, type: "peer-report" }).peerId, ann.peerId);
});

Deno.test("reports beyond their rate are told later, the newest only", () => {
  const life = new Life(1_000);
  const ann = life.join(1);
  const bo = life.join(2);
  const say = (rtt: number) =>
    life.step({
      kind: "message",
      socketId: 1,
      dialect: "parley",
      message: {
        type: "report",
        links: [{
          peerId: bo.peerId,
          state: "connected",
          path: "direct",
          protocol: "udp",
          rtt,
          loss: 0,
          kbps: 1,
          cause: null,
        }],
      },
    });
  for (let n = 1; n <= serverLimits.reportBurst; n++) {
    assertEquals(only(say(n), { socketId: 2, type: "peer-report" }).links[0]?.rtt, n);
  }
  for (let n = 1; n <= 3; n++) assertEquals(say(100 + n), []);
  life.now += 1_000 / serverLimits.reportPerSecond;
  const told = life.step({ kind: "tick" });
  const late = only(told, { socketId: 2, type: "peer-report" });
  assertEquals([late.peerId, late.links[0]?.rtt], [ann.peerId, 103]);
});
