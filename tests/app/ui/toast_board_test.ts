import { assert, assertEquals } from "../../assert.ts";
import { deviceChanges, type ListedDevices } from "../../../app/devices/device_changes.ts";
import { mostToasts, type Toast, ToastBoard, toastMs } from "../../../app/ui/toast_board.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";

function toast(key: string, tone: Toast["tone"] = "news"): Toast {
  return { key, tone, icon: "check", title: key };
}

function boardWithClock(): { board: ToastBoard; clock: VirtualClock; shown: () => string[] } {
  const clock = new VirtualClock();
  const board = new ToastBoard((ms, callback) => clock.after(ms, callback));
  return { board, clock, shown: () => board.toasts.value.map(({ key }) => key) };
}

Deno.test("a toast expires, a warning after a longer time", () => {
  const { board, clock, shown } = boardWithClock();
  board.show(toast("a"));
  board.show(toast("b", "warn"));
  clock.advance(toastMs.news - 1);
  assertEquals(shown(), ["a", "b"]);
  clock.advance(1);
  assertEquals(shown(), ["b"]);
  clock.advance(toastMs.warn - toastMs.news);
  assertEquals(shown(), []);
});

Deno.test("no more than a few are there at once, the oldest goes first", () => {
  const { board, clock, shown } = boardWithClock();
  for (const key of ["a", "b", "c", "d", "e"]) board.show(toast(key));
  assertEquals(shown(), ["c", "d", "e"]);
  assertEquals(shown().length, mostToasts);
  clock.advance(toastMs.news);
  assertEquals(shown(), []);
});

Deno.test("a toast with the same key replaces the last one and restarts its time", () => {
  const { board, clock, shown } = boardWithClock();
  board.show(toast("headset"));
  board.show(toast("other"));
  clock.advance(toastMs.news - 1);
  board.show({ ...toast("headset"), title: "new" });
  assertEquals(shown(), ["other", "headset"]);
  clock.advance(1);
  assertEquals(board.toasts.value.map(({ title }) => title), ["new"]);
});

Deno.test("nothing goes while they are held, and all of it some time after", () => {
  const { board, clock, shown } = boardWithClock();
  board.show(toast("a"));
  board.hold(true);
  board.show(toast("b"));
  clock.advance(10 * toastMs.warn);
  assertEquals(shown(), ["a", "b"]);
  board.hold(false);
  clock.advance(toastMs.news);
  assertEquals(shown(), []);
});

Deno.test("dismissing the last one under the pointer does not hold those to come", () => {
  const { board, clock, shown } = boardWithClock();
  board.show(toast("a"));
  board.hold(true);
  board.drop("a");
  board.show(toast("b"));
  clock.advance(toastMs.news);
  assertEquals(shown(), []);
});

const device = (deviceId: string, label: string) => ({ deviceId, label });
const drawer: ListedDevices = {
  cameras: [device("c1", "Camera")],
  microphones: [device("default", "Default - Inner"), device("m1", "Inner")],
  speakers: [device("s1", "Inner")],
};

Deno.test("a new headset is reported once, though it is a microphone and a speaker", () => {
  const now: ListedDevices = {
    ...drawer,
    microphones: [...drawer.microphones, device("m2", "Headset")],
    speakers: [...drawer.speakers, device("s2", "Headset (0b0e:2450)")],
  };
  assertEquals(deviceChanges(drawer, now), {
    came: [{ label: "Headset", kind: "microphone" }],
    went: [],
  });
  assertEquals(deviceChanges(now, drawer).went.map(({ label }) => label), ["Headset"]);
});

Deno.test("devices whose names become known have not been plugged in", () => {
  const nameless: ListedDevices = {
    cameras: [device("", "")],
    microphones: [device("", "")],
    speakers: [],
  };
  assertEquals(deviceChanges(nameless, drawer), { came: [], went: [] });
  assertEquals(deviceChanges(drawer, nameless), { came: [], went: [] });
  const other = {
    ...drawer,
    microphones: [device("default", "Default - Else"), device("m1", "Inner")],
  };
  assert(deviceChanges(drawer, other).came.length === 0, "the system's choice is no device");
});
