import { effect } from "@preact/signals-core";
import { assertEquals } from "../../assert.ts";
import { LocalMedia } from "../../../mesh/mod.ts";
import { Call } from "../../../app/call/call.ts";
import { KeyRing } from "../../../app/ui/key_ring.ts";
import { PreferenceBook } from "../../../app/ui/preferences.ts";
import { embed } from "../../../app/call/embedded.ts";
import { FakeDevices } from "../../mesh/media/fake_devices.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";
import { FakeSession, peer } from "./fake_session.ts";

const around = { name: "the page around" };
const home = "https://example.org";

function scene() {
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
  const posted: { message: unknown; origin: string }[] = [];
  const listeners = new Set<(event: MessageEvent) => void>();
  const end = embed(call, {
    frame: {
      parent: around,
      addEventListener: (_type, listener) => listeners.add(listener),
      removeEventListener: (_type, listener) => listeners.delete(listener),
    },
    post: (message, origin) => posted.push({ message, origin }),
    runs: effect,
  });
  const say = (data: unknown, source: unknown = around) => {
    const event = Object.assign(new MessageEvent("message", { data, origin: home }), {});
    Object.defineProperty(event, "source", { value: source });
    for (const listener of listeners) listener(event);
  };
  return { session, call, posted, listeners, say, end };
}

Deno.test("nothing is reported before the embedding page says hello, and then to it alone", () => {
  const { session, posted, say } = scene();
  session.enter();
  session.emit({ type: "peer-joined", peer: peer("ana") });
  assertEquals(posted, [{ message: { parley: "ready" }, origin: "*" }]);
  say({ parley: "hello" });
  assertEquals(posted.at(-1), {
    message: {
      parley: "state",
      state: "joined",
      reason: null,
      microphone: false,
      camera: false,
      people: [{ peerId: "ana", name: "ana" }],
    },
    origin: home,
  });
  const before = posted.length;
  session.leave();
  assertEquals(posted.length > before, true);
});

Deno.test("commands only turn things off, and nobody else can send any", () => {
  const { session, say } = scene();
  session.enter();
  for (
    const data of [{ parley: "unmute" }, { parley: "start-camera" }, { parley: "mute", on: false }]
  ) {
    say(data);
  }
  say({ parley: "mute" }, { name: "somebody else" });
  say("mute");
  assertEquals(session.asked, []);
  say({ parley: "chat", text: "hello" });
  say({ parley: "mute" });
  say({ parley: "leave" });
  assertEquals(session.asked, ["say hello", "mute", "leave"]);
});

Deno.test("after its end it neither hears nor tells", () => {
  const { session, posted, listeners, say, end } = scene();
  say({ parley: "hello" });
  end();
  const before = posted.length;
  session.enter();
  assertEquals([listeners.size, posted.length], [0, before]);
});
