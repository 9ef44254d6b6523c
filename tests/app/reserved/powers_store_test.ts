// What a page does with the words of owners about single people.

import { effect, signal } from "@preact/signals-core";
import { assert, assertEquals } from "../../assert.ts";
import type { PersonRight, Rules } from "../../../protocol/mod.ts";
import { PowersStore, type ReservedCall } from "../../../app/reserved/powers_store.ts";
import { OwnersStore } from "../../../app/people/mod.ts";
import { RoomOwners } from "../../../mesh/signaling/room_owners.ts";
import type { RoomEvent, SessionState, SourceState } from "../../../mesh/mod.ts";
import { Emitter } from "../../../mesh/emitter.ts";

const joined: SessionState = { kind: "joined", room: "tea", selfId: "me", capacity: 8 };
const rules: Rules = {
  ...{ type: "rules", locked: false, knocking: false, password: false, capacity: 8 },
  ...{ chat: "everyone", screen: "everyone", files: "everyone", owners: ["ann"] },
};

/** A call of "me" with the owner Ann and with Bob. */
function page({ secret }: { secret?: string } = {}) {
  const owners = new RoomOwners();
  const events = new Emitter<RoomEvent>();
  const sent: unknown[] = [];
  const told: unknown[] = [];
  const timers: (() => void)[] = [];
  const session = {
    state: joined,
    subscribe: (listener: (event: RoomEvent) => void) => events.subscribe(listener),
    owners,
    send: (message: unknown) => sent.push(message) > 0,
    links: { tell: (peerId: string, _: string, body: unknown) => told.push([peerId, body]) > 0 },
  };
  const microphone = signal<SourceState>({ kind: "starting" });
  const hand = signal(false);
  const fake = {
    session,
    owners: new OwnersStore(session, () => {}),
    devices: { turn: (_: string, on: boolean) => on || (microphone.value = { kind: "off" }) },
    media: {
      source: (name: string) => name === "microphone" ? microphone : signal({ kind: "off" }),
    },
    room: {
      peers: signal([]),
      self: {
        get value() {
          return { name: "Me", state: { hand: hand.value } };
        },
      },
    },
    secret: signal(secret),
    toggleHand: () => hand.value = !hand.value,
  };
  const call = fake as unknown as ReservedCall;
  const after = (_: number, callback: () => void) => {
    timers.push(callback);
    return () => void timers.splice(timers.indexOf(callback), 1);
  };
  const store = new PowersStore({ call, after, signal, effect });
  owners.handle(rules);
  const take = (peerId: string, ...rights: PersonRight[]) =>
    store.receive({ type: "powers", taken: [{ peerId, rights }], lent: [] });
  const end = (reason: "kicked" | "closed" | "locked") => {
    session.state = { kind: "left", room: "tea", reason };
    events.emit({ type: "state", state: session.state });
  };
  return { store, owners, call, take, end, sent, told, timers, microphone, hand };
}

Deno.test("nothing of a person gets through that was taken away, until it is given back", () => {
  const { owners, take, store } = page();
  let applied = 0;
  owners.subscribe(() => applied++);
  take("bob", "microphone", "screen", "files");
  assertEquals(applied, 1, "the links look again");
  const allowed = () =>
    (["microphone", "camera", "screen", "screen-audio"] as const)
      .map((slot) => owners.allowsSlot("bob", slot));
  assertEquals(allowed(), [false, true, false, false]);
  assertEquals([owners.allows("bob", "files"), owners.allows("ann", "files")], [false, true]);
  take("bob");
  assertEquals(allowed(), [true, true, true, true]);
  take("bob", "camera");
  store.close();
  assert(owners.allowsSlot("bob", "camera"), "a closed call forbids nothing");
});

Deno.test("the own microphone goes off and stays off, and the person is told each time", () => {
  const { store, call, take, microphone } = page();
  take("me", "microphone", "chat");
  assertEquals(microphone.value.kind, "off");
  assertEquals(store.news.value, { kind: "taken", rights: ["microphone", "chat"] });
  assertEquals([call.owners.may("chat"), call.owners.may("files")], [false, true]);
  store.dismissNews();
  microphone.value = { kind: "starting" };
  assertEquals<unknown>([microphone.value.kind, store.news.value?.kind], ["off", "taken"]);
});

Deno.test("a hand that asks goes down once the right is back", () => {
  const { store, take, hand } = page();
  take("me", "chat");
  store.ask();
  assert(hand.value);
  take("me");
  assertEquals<unknown>([hand.value, store.news.value], [false, {
    kind: "given",
    rights: ["chat"],
  }]);
});

Deno.test("the reason of a removal goes through the server of an open room", () => {
  const { store, sent } = page();
  store.remove({ peerId: "bob", ban: false, reason: "noise" });
  store.remove({ peerId: "bob", ban: true, reason: "" });
  assertEquals(sent, [
    { type: "remove-for", peerId: "bob", ban: false, reason: "noise" },
    { type: "remove", peerId: "bob", ban: true },
  ]);
});

Deno.test("in a sealed room it goes over the link, and the removal waits for the answer, not for ever", () => {
  const { store, sent, told, timers } = page({ secret: "s" });
  store.remove({ peerId: "bob", ban: false, reason: "noise" });
  assertEquals([told, sent], [[["bob", { type: "reason", reason: "noise" }]], []]);
  store.receiveFrom("cyn", { type: "heard" });
  assertEquals(sent, []);
  store.receiveFrom("bob", { type: "heard" });
  assertEquals([sent, timers.length], [[{ type: "remove", peerId: "bob", ban: false }], 0]);
  store.remove({ peerId: "cyn", ban: false, reason: "noise" });
  timers[0]?.();
  assertEquals(sent.length, 2);
});

Deno.test("only an owner's reason is shown, and only after a removal", () => {
  const { store, end, told } = page({ secret: "s" });
  store.receiveFrom("bob", { type: "reason", reason: "because" });
  assertEquals([store.lastWord("kicked"), told], [{}, []]);
  store.receiveFrom("ann", { type: "reason", reason: "noise" });
  assertEquals(told, [["ann", { type: "heard" }]]);
  end("kicked");
  assertEquals([store.lastWord("kicked"), store.lastWord("closed")], [{ reason: "noise" }, {}]);
});

Deno.test("the end of the call and the closed door are told in words of their own", () => {
  const { store, end } = page();
  store.receive({ type: "ended" });
  end("closed");
  assertEquals([store.lastWord("closed"), store.lastWord("locked")], [{ ended: true }, {}]);
  store.receive({ type: "outside-hours", opens: 5 });
  assertEquals(store.lastWord("locked"), { opens: 5 });
});
