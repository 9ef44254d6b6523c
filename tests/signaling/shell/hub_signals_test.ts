// Signals between all dialects, through the real hub: relayed at once, or held for an away member.

import { limits, type Signal } from "../../../protocol/mod.ts";
import { Hub } from "../../../signaling/shell/hub.ts";
import { assert, assertEquals } from "../../assert.ts";
import { coreOptions } from "../core/core_options.ts";

const candidate = {
  candidate: "candidate:1 1 udp 1 192.0.2.7 5 typ host",
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: null,
};
const signal: Signal = { kind: "candidate", candidate };

type Wire = "envelopes" | "json" | "skyrtc";

/** A member of room "tea" with one dialect, and every frame the server sent. */
class Member {
  readonly frames: string[] = [];
  readonly wire: Wire;
  readonly #connection: ReturnType<Hub["connect"]>;

  constructor(hub: Hub, { wire, resume }: { wire: Wire; resume?: string | undefined }) {
    const socket = {
      backlog: 0,
      send: (frame: string) => void this.frames.push(frame),
      close() {},
    };
    const envelopes = wire === "envelopes";
    this.wire = wire;
    this.#connection = hub.connect(socket, { address: "192.0.2.1", envelopes });
    this.say(
      wire === "skyrtc"
        ? { eventName: "__join", data: { room: "tea" } }
        : { type: "join", room: "tea", name: "Ann", ...resume !== undefined && { resume } },
    );
  }

  say(message: unknown): void {
    this.#connection.receive(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** The network is lost. */
  lose(): void {
    this.#connection.closed(1006);
  }

  get #welcome(): { peerId?: string; resumeToken?: string; data?: { you: string } } {
    const [first = "null"] = this.frames.filter((frame) => /"(welcome|_peers)"/.test(frame));
    return JSON.parse(first);
  }

  get peerId(): string {
    const { peerId, data } = this.#welcome;
    return peerId ?? data?.you ?? "";
  }

  get token(): string | undefined {
    return this.#welcome.resumeToken;
  }

  signalTo({ peerId }: Member): void {
    if (this.wire === "envelopes") this.say(`relay ${peerId}\n${JSON.stringify(signal)}`);
    else if (this.wire === "json") this.say({ type: "signal", to: peerId, signal });
    else {
      const data = { ...candidate, label: 0, socketId: peerId };
      this.say({ eventName: "__ice_candidate", data });
    }
  }

  /** Signals from `sender` in this dialect. */
  signalsFrom({ peerId: from }: Member): string[] {
    return this.frames.filter((frame) => frame === signalFrame(this.wire, from));
  }
}

function signalFrame(wire: Wire, from: string): string {
  if (wire === "envelopes") return `relay ${from}\n${JSON.stringify(signal)}`;
  if (wire === "json") return JSON.stringify({ type: "signal", from, signal });
  const { candidate: text, sdpMid, sdpMLineIndex: label } = candidate;
  const data = { label, sdpMid, candidate: text, socketId: from };
  return JSON.stringify({ eventName: "_ice_candidate", data });
}

function withHub(test: (hub: Hub) => void): void {
  const faults: unknown[] = [];
  const hub = new Hub({
    ...coreOptions(),
    onKeep() {},
    onFault: (error) => void faults.push(error),
  });
  try {
    test(hub);
  } finally {
    hub.close();
  }
  assertEquals(faults, []);
}

Deno.test("a signal is held for an away member, whichever wire it came by and goes by", () => {
  for (const from of ["envelopes", "json", "skyrtc"] as const) {
    for (const to of ["envelopes", "json"] as const) {
      withHub((hub) => {
        const away = new Member(hub, { wire: to });
        away.lose();
        const newcomer = new Member(hub, { wire: from });
        newcomer.signalTo(away);
        const back = new Member(hub, { wire: to, resume: away.token });
        assertEquals(back.peerId, away.peerId);
        assertEquals(back.signalsFrom(newcomer).length, 1, `${from} to ${to}`);
      });
    }
  }
});

Deno.test("a member who comes back on another wire gets what was held in that wire's words", () => {
  withHub((hub) => {
    const away = new Member(hub, { wire: "envelopes" });
    away.lose();
    const newcomer = new Member(hub, { wire: "envelopes" });
    newcomer.signalTo(away);
    const back = new Member(hub, { wire: "json", resume: away.token });
    assertEquals(back.signalsFrom(newcomer).length, 1);
  });
});

Deno.test("between any two wires a signal arrives in the words of its receiver", () => {
  const wires = ["envelopes", "json", "skyrtc"] as const;
  for (const from of wires) {
    for (const to of wires) {
      withHub((hub) => {
        const receiver = new Member(hub, { wire: to });
        const sender = new Member(hub, { wire: from });
        sender.signalTo(receiver);
        assertEquals(receiver.signalsFrom(sender).length, 1, `${from} to ${to}`);
      });
    }
  }
});

Deno.test("a body that is no signal reaches those who open envelopes themselves, and nobody else", () => {
  withHub((hub) => {
    const [ann, bo] = [
      new Member(hub, { wire: "envelopes" }),
      new Member(hub, { wire: "envelopes" }),
    ];
    const others = (["json", "skyrtc"] as const).map((wire) => new Member(hub, { wire }));
    for (const { peerId } of [bo, ...others]) ann.say(`relay ${peerId}\nno signal`);
    assertEquals(bo.frames.at(-1), `relay ${ann.peerId}\nno signal`);
    for (const { frames } of others) assert(!frames.some((frame) => frame.includes("no signal")));
    for (
      const frame of ["relay \n{}", "relay nobody", `relay ${"p".repeat(limits.peerId + 1)}\n{}`]
    ) {
      ann.say(frame);
      assertEquals(JSON.parse(ann.frames.at(-1) ?? "").code, "bad-message", frame);
    }
  });
});
