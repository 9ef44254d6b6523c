import { signal } from "@preact/signals-core";
import { assertEquals } from "../../assert.ts";
import type { SessionState } from "../../../mesh/mod.ts";
import type { Luggage } from "../../../mesh/move/mod.ts";
import type { ClientMessage, LateMessage } from "../../../protocol/mod.ts";
import { silentState } from "../../../protocol/mod.ts";
import { MoveStore } from "../../../app/move/move_store.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";

const joined: SessionState = { kind: "joined", room: "tea", selfId: "me", capacity: 8 };
const reconnecting: SessionState = { kind: "reconnecting", room: "tea", selfId: "me", since: 0 };

/** A call in which the test is the server. */
class Moving {
  readonly sent: ClientMessage[] = [];
  readonly luggage: Luggage[] = [];
  readonly clock = new VirtualClock();
  state: SessionState = joined;
  isLost = false;
  readonly store: MoveStore;
  #late = (_: LateMessage) => {};
  #changed = () => {};

  constructor({ seals = true } = {}) {
    const session = {
      state: this.state,
      subscribe: (listener: (event: { type: string }) => void) => {
        this.#changed = () => listener({ type: "state" });
        return () => this.#changed = () => {};
      },
      late: {
        subscribe: (listener: (message: LateMessage) => void) => {
          this.#late = listener;
          return () => this.#late = () => {};
        },
      },
      owners: { subscribe: () => () => {}, credentials: { ownerKey: "key", password: "pass" } },
      send: (message: ClientMessage) => {
        if (!this.isLost) this.sent.push(message);
        return !this.isLost;
      },
    };
    Object.defineProperty(session, "state", { get: () => this.state });
    this.store = new MoveStore({
      call: {
        session,
        room: { self: signal({ name: "Ann", state: { ...silentState, hand: true } }) },
        muted: signal(true),
        secret: signal<string | undefined>("secret"),
      },
      makeOffer: (contents) => {
        this.luggage.push(contents);
        const count = this.luggage.length;
        return Promise.resolve({ code: `code${count}`, claim: `c${count}`, parcel: `p${count}` });
      },
      seals,
      after: (ms, work) => this.clock.after(ms, work),
      signal,
    });
  }

  get kind(): string {
    return this.store.state.value.kind;
  }

  hear(message: LateMessage): void {
    this.#late(message);
  }

  become(state: SessionState): void {
    this.state = state;
    this.#changed();
  }

  async offered(): Promise<this> {
    await this.store.open();
    this.hear({ type: "move-offered", lifetimeMs: 120_000 });
    return this;
  }
}

Deno.test("a code is shown once the server has it, with everything that goes along", async () => {
  const moving = new Moving();
  await moving.store.open();
  assertEquals(moving.kind, "making");
  assertEquals(moving.sent, [{ type: "offer-move", claim: "c1", parcel: "p1" }]);
  assertEquals(moving.luggage, [
    { peerId: "me", name: "Ann", hand: true, muted: true, ownerKey: "key", secret: "secret" },
  ]);
  moving.hear({ type: "move-offered", lifetimeMs: 120_000 });
  assertEquals(moving.store.state.value, { kind: "offered", code: "code1" });
  moving.clock.advance(120_000);
  assertEquals(moving.kind, "late");
});

Deno.test("closing the dialog withdraws the code, also one that is just made", async () => {
  const moving = await new Moving().offered();
  moving.store.dismiss();
  assertEquals([moving.kind, moving.sent.at(-1)?.type], ["closed", "cancel-move"]);
  const early = new Moving();
  const opening = early.store.open();
  early.store.dismiss();
  await opening;
  assertEquals(early.sent.map(({ type }) => type), ["cancel-move"]);
});

Deno.test("the device that goes keeps what takes the call back, until its next visit", async () => {
  const moving = await new Moving().offered();
  moving.hear({ type: "move-taken", resume: "back" });
  assertEquals(moving.kind, "taken");
  moving.become({ kind: "left", room: "tea", reason: "replaced" });
  assertEquals([moving.kind, moving.store.back.value?.token], ["closed", "back"]);
  assertEquals(moving.store.back.value?.peerId, "me");
  moving.become({ kind: "joining", room: "tea" });
  assertEquals(moving.store.back.value, undefined);
});

Deno.test("a device that used the code and never came leaves the call here", async () => {
  const moving = await new Moving().offered();
  moving.hear({ type: "move-taken", resume: "back" });
  moving.clock.advance(60_000);
  assertEquals(moving.kind, "late");
});

Deno.test("without the server there is no code, and with it a new one", async () => {
  const moving = await new Moving().offered();
  moving.become(reconnecting);
  assertEquals(moving.kind, "offline");
  moving.become(joined);
  await Promise.resolve();
  await Promise.resolve();
  moving.hear({ type: "move-offered", lifetimeMs: 120_000 });
  assertEquals(moving.store.state.value, { kind: "offered", code: "code2" });
});

Deno.test("an older server does not answer, and plain http has no code", async () => {
  const moving = new Moving();
  await moving.store.open();
  moving.clock.advance(8_000);
  assertEquals(moving.kind, "unanswered");
  const plain = new Moving({ seals: false });
  await plain.store.open();
  assertEquals([plain.kind, plain.sent], ["insecure", []]);
});
