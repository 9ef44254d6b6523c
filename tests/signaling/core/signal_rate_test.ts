/**
 * The rate of signals: the largest honest joins pass whole, in order and without a refusal; a flood
 * is disconnected.
 */
import { delayLimits, limits, serverLimits } from "../../../protocol/mod.ts";
import { step } from "../../../signaling/core/core.ts";
import { CoreState } from "../../../signaling/core/state.ts";
import type { Effect, Incoming } from "../../../signaling/core/core_types.ts";
import { assertEquals, assertLessOrEqual } from "../../assert.ts";
import { coreOptions } from "./core_options.ts";

const candidateText = "candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr ";

/** The body of a signal. */
function candidate(text: string): string {
  const fields = { sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "Xa3d" };
  const candidate = { candidate: candidateText + text, ...fields };
  return JSON.stringify({ kind: "candidate", candidate });
}

/** A room of 16 on one core; effects are sorted by receiver. */
class Room16 {
  readonly core = new CoreState(coreOptions({ capacity: 16 }));
  readonly heard = new Map<number, string[]>();
  readonly errors: string[] = [];
  readonly tokens = new Map<number, string>();
  closed = 0;
  now = 0;

  constructor() {
    for (let socketId = 0; socketId < 16; socketId++) this.come(socketId);
  }

  connect(socketId: number, peerId: string): void {
    const moment = { now: this.now, at: this.now };
    this.#do(step(this.core, { kind: "connect", socketId, peerId, address: undefined, ...moment }));
  }

  come(socketId: number): void {
    this.connect(socketId, `peer-${socketId}`);
    this.say(socketId, { type: "join", room: "tea", name: "Ann" });
  }

  say(socketId: number, message: Incoming): void {
    const moment = { now: this.now, at: this.now };
    const input = { kind: "message", socketId, dialect: "parley", message, ...moment } as const;
    this.#do(step(this.core, input));
  }

  lose(socketId: number): void {
    this.#do(step(this.core, { kind: "close", socketId, code: 1006, now: this.now, at: this.now }));
  }

  /** Time passes, with a tick every second. */
  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      this.now += 1_000;
      this.#do(step(this.core, { kind: "tick", now: this.now, at: this.now }));
    }
  }

  /** `count` signals of one peer to each other, in turns, as browsers find candidates. */
  call(from: number, count: number): string[] {
    const said: string[] = [];
    for (let n = 0; n < count; n++) {
      for (let to = 0; to < 16; to++) {
        if (to === from) continue;
        said.push(`${to} ${n}`);
        this.say(from, { type: "signal", to: `peer-${to}`, body: candidate(`${to} ${n}`) });
      }
    }
    return said;
  }

  /** The signals of `call` that have arrived, for each receiver in order. */
  arrived(): string[] {
    return [...this.heard].flatMap(([, texts]) => texts);
  }

  #do(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === "close") this.closed++;
      if (effect.kind !== "send") continue;
      const { socketId, message } = effect;
      if (message.type === "error") this.errors.push(`${socketId} ${message.code}`);
      if (message.type === "welcome") this.tokens.set(socketId, message.resumeToken);
      if (message.type !== "signal") continue;
      const { kind, candidate: said } = JSON.parse(message.body);
      if (kind !== "candidate") continue;
      const text = said.candidate.slice(candidateText.length);
      this.heard.set(socketId, [...this.heard.get(socketId) ?? [], text]);
    }
  }
}

function byReceiver(texts: readonly string[]): string[] {
  return texts.toSorted((one, other) => parseInt(one) - parseInt(other));
}

/**
 * For one peer: 12 addresses with UDP, TCP, what STUN reports and three relays; an offer and an
 * end.
 */
const oneByOne = 12 * 6 + 2;
/** The same for a client without bundling. */
const unbundled = 3 * (12 * 6) + 2;

Deno.test("the dearest join of a client that bundles passes at once, without a word", () => {
  const room = new Room16();
  const said = room.call(15, oneByOne);
  assertEquals(room.arrived(), byReceiver(said));
  assertEquals([room.errors, room.closed], [[], 0]);
});

Deno.test("one that bundles nothing is delayed, told so once, and loses nothing", () => {
  const room = new Room16();
  const said = room.call(15, unbundled);
  assertEquals(room.errors, ["15 rate"]);
  const before = room.arrived().length;
  assertEquals(before, limits.signalBurst - serverLimits.joinCost);
  room.pass(1);
  assertEquals(room.arrived().length, before + limits.signalPerSecond);
  room.pass(30);
  assertEquals(room.arrived(), byReceiver(said), "all of it, in order");
  assertEquals([room.errors, room.closed], [["15 rate"], 0]);
  room.call(15, 3);
  assertEquals(room.errors.length, 1, "the rate is as before");
});

Deno.test("who is delayed may say everything else as ever, and costs the others nothing", () => {
  const room = new Room16();
  room.call(15, unbundled);
  for (let second = 0; second < 20; second++) {
    for (let n = 0; n < 8; n++) room.say(15, { type: "ping" });
    room.say(15, { type: "chat", ref: `r${second}`, text: "still here" });
    room.say(15, { type: "rename", name: `Ann ${second}` });
    room.say(3, { type: "signal", to: "peer-4", body: candidate("16 0") });
    room.pass(1);
  }
  assertEquals(room.errors, ["15 rate"]);
  assertEquals(room.heard.get(4)?.filter((text) => text === "16 0").length, 20);
  assertEquals(room.closed, 0);
});

Deno.test("every link starts over twice in ten seconds, as when a network is lost and found", () => {
  const room = new Room16();
  room.pass(10);
  const first = room.call(15, oneByOne);
  room.pass(5);
  const second = room.call(15, oneByOne);
  room.pass(30);
  assertEquals(room.arrived().length, first.length + second.length);
  assertEquals([room.closed, room.core.members("tea").length], [0, 16]);
});

Deno.test("all come back at once after a restart and call each other anew, and nobody is refused", () => {
  const room = new Room16();
  for (let from = 0; from < 16; from++) room.call(from, oneByOne);
  assertEquals([room.errors, room.closed], [[], 0]);
});

Deno.test("a flood ends with its sender, at a bound of messages and of bytes", () => {
  const description = { type: "offer", sdp: "v".repeat(limits.sdp) };
  const bodies = [candidate("0 0"), JSON.stringify({ kind: "description", description })];
  for (const body of bodies) {
    const room = new Room16();
    let sent = 0;
    while (room.closed === 0 && sent < 50_000) {
      room.say(15, { type: "signal", to: "peer-0", body });
      sent++;
    }
    assertLessOrEqual(sent, limits.signalBurst + delayLimits.signals + 1);
    const last = room.errors.at(-1);
    assertEquals([last, room.core.members("tea").length], ["15 rate", 15]);
    const before = room.arrived().length;
    room.pass(60);
    assertEquals(room.arrived().length, before, "what it had waiting goes nowhere");
  }
});

Deno.test("a flood below the rate of one message is none: the bound holds for what waits", () => {
  const room = new Room16();
  room.call(15, oneByOne);
  for (let second = 0; second < 60; second++) {
    for (let n = 0; n < limits.signalPerSecond; n++) {
      room.say(15, { type: "signal", to: "peer-0", body: candidate("0 0") });
    }
    room.pass(1);
  }
  assertEquals(room.closed, 0);
});

Deno.test("who leaves takes along what waited; in another room nothing of it is said", () => {
  const room = new Room16();
  room.call(15, 2 * oneByOne);
  const before = room.arrived().length;
  room.say(15, { type: "leave" });
  room.pass(30);
  room.come(16);
  room.pass(5);
  assertEquals(room.arrived().length, before);
});

Deno.test("signals wait for one that is away, as many as a full room sends", () => {
  const room = new Room16();
  room.lose(0);
  for (let from = 1; from < 16; from++) {
    for (let n = 0; n < oneByOne; n++) {
      room.say(from, { type: "signal", to: "peer-0", body: candidate(`0 ${from}/${n}`) });
    }
  }
  room.connect(20, "stranger");
  room.say(20, { type: "join", room: "tea", name: "Ann", resume: room.tokens.get(0) ?? "" });
  assertEquals(room.heard.get(20)?.length, 15 * oneByOne);
  assertEquals(room.errors, []);
});
