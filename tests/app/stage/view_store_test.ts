import { signal } from "@preact/signals";
import { assertEquals } from "../../assert.ts";
import { seating } from "../../../app/stage/arrangement.ts";
import { viewKey } from "../../../app/stage/view_memory.ts";
import { type ViewedCall, ViewStore } from "../../../app/stage/view_store.ts";
import { LocalMedia } from "../../../mesh/mod.ts";
import { Call } from "../../../app/call/call.ts";
import { KeyRing } from "../../../app/ui/key_ring.ts";
import { PreferenceBook } from "../../../app/ui/preferences.ts";
import { FakeDevices } from "../../mesh/media/fake_devices.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";
import { FakeSession, fakeTrack, peer } from "../call/fake_session.ts";
import { desktop, seatOf, tiles } from "./stage_tiles.ts";

class Memory {
  readonly stored = new Map<string, string>();
  getItem = (key: string) => this.stored.get(key) ?? null;
  setItem = (key: string, value: string) => void this.stored.set(key, value);
}

function scene(memory = new Memory()) {
  const session = new FakeSession();
  const clock = new VirtualClock();
  const call = new Call({
    session,
    media: new LocalMedia({ mediaDevices: new FakeDevices(), secure: true }),
    book: new PreferenceBook(undefined),
    keys: new KeyRing(undefined),
    watchLevel: () => () => {},
    after: (ms, callback) => clock.after(ms, callback),
    now: () => clock.now(),
    date: () => clock.date(),
  });
  session.enter();
  for (const name of ["ana", "kenji"]) {
    session.emit({ type: "peer-joined", peer: peer(name) });
  }
  const view = new ViewStore(call, memory);
  let tick = () => {};
  const unfollow = view.follow(() => clock.now(), (_ms, run) => {
    tick = run;
    return () => {};
  });
  const leave = (name: string) =>
    session.emit({ type: "peer-left", peer: peer(name), reason: "left" });
  const close = () => {
    unfollow();
    call.close();
  };
  return { session, clock, call, view, memory, leave, tick: () => tick(), close };
}

Deno.test("only one tile is pinned, and a second press unpins it", () => {
  const { view, close } = scene();
  view.togglePin("ana");
  view.togglePin("kenji");
  assertEquals(view.pinned.value, "kenji");
  view.togglePin("kenji");
  assertEquals(view.pinned.value, undefined);
  close();
});

Deno.test("a pin outlives the person's link and ends when they leave", () => {
  const { session, view, leave, close } = scene();
  view.togglePin("ana");
  session.emit({ type: "link", peerId: "ana", link: { kind: "failed", reason: "no-path" } });
  leave("kenji");
  assertEquals(view.pinned.value, "ana");
  leave("ana");
  assertEquals(view.pinned.value, undefined);
  close();
});

Deno.test("a pinned screen stays while its sharer says so, with a picture or without", () => {
  const { session, view, close } = scene();
  const sharing = (screen: boolean) => {
    const before = peer("ana");
    session.emit({ type: "peer-changed", peer: { ...before, state: { ...before.state, screen } } });
  };
  const show = (track: MediaStreamTrack | null) =>
    session.emit({ type: "track", peerId: "ana", slot: "screen", track });
  sharing(true);
  show(fakeTrack());
  view.togglePin("screen-ana");
  show(null);
  assertEquals(view.pinned.value, "screen-ana");
  sharing(false);
  assertEquals(view.pinned.value, undefined);
  close();
});

Deno.test("view, corner and mirror are remembered by the browser; what it holds else is not believed", () => {
  const { view, memory, close } = scene();
  view.change({ mode: "speaker", corner: { top: true, left: true }, mirrored: false });
  close();
  const again = scene(memory);
  assertEquals(again.view.memory.value, {
    mode: "speaker",
    corner: { top: true, left: true },
    selfHidden: false,
    mirrored: false,
  });
  again.close();
  for (const nonsense of ["{", "7", '{"mode":"sideways","corner":7,"mirrored":1}']) {
    memory.stored.set(viewKey, nonsense);
    const { view, close } = scene(memory);
    assertEquals([view.memory.value.mode, view.memory.value.mirrored], ["auto", true]);
    close();
  }
});

Deno.test("the own tile can be hidden while there are others, and a pin shows it again", () => {
  const { view, leave, close } = scene();
  view.hideSelf(true);
  const size = desktop;
  assertEquals(view.arrange(tiles(2, "self"), size, seating).seats.has("self"), false);
  assertEquals(view.selfHidden.value, true);
  view.togglePin("self");
  assertEquals(view.selfHidden.value, false);
  assertEquals(seatOf(view.arrange(tiles(2, "self"), size, seating).seats, "self").x, 0);
  view.hideSelf(true);
  assertEquals(view.pinned.value, undefined, "what is hidden is not pinned");
  leave("ana");
  leave("kenji");
  assertEquals(view.selfHidden.value, false);
  close();
});

Deno.test("loudness is each person's own, and waits for those who come back", () => {
  const { session, view, leave, close } = scene();
  view.setLoudness("ana", { volume: 0.5 });
  view.setLoudness("ana", { silent: true });
  assertEquals(view.loudnessOf("ana"), { volume: 0.5, silent: true });
  assertEquals(view.loudnessOf("kenji"), { volume: 1, silent: false });
  leave("ana");
  session.emit({ type: "peer-joined", peer: peer("new", "ana") });
  assertEquals(view.loudnessOf("new"), { volume: 0.5, silent: true });
  session.emit({ type: "peer-joined", peer: peer("other", "ana") });
  assertEquals(view.loudnessOf("other"), { volume: 1, silent: false }, "which ana is not known");
  close();
});

Deno.test("who speaks is large two seconds later", () => {
  const { clock, view, tick, call, close } = scene();
  const loud = (peerId: string) => signal(peerId === "kenji" ? 0.8 : 0);
  const peers = call.room.peers.value.map((one) => ({
    ...one,
    peerId: one.peerId,
    speaking: signal(one.peerId === "kenji"),
    level: loud(one.peerId),
  }));
  const heard: ViewedCall = { room: Object.create(call.room), media: call.media };
  Object.defineProperty(heard.room, "peers", { value: signal(peers) });
  const store = new ViewStore(heard, undefined);
  let listen = () => {};
  const undo = store.follow(() => clock.now(), (_ms, run) => {
    listen = run;
    return () => {};
  });
  for (let round = 0; round < 12; round++) {
    listen();
    tick();
    clock.advance(250);
  }
  assertEquals([store.speaker.value, view.speaker.value], ["kenji", undefined]);
  undo();
  close();
});
