import { assertEquals } from "../../assert.ts";
import { Extras, rememberExtra } from "../../../app/extras/extras.ts";
import type { Extra, ExtraEvent, ExtraModule } from "../../../app/extras/extra.ts";
import type { Call } from "../../../app/call/mod.ts";
import type { LinkEvent } from "../../../mesh/mod.ts";
import type { LateMessage } from "../../../protocol/mod.ts";
import { Emitter } from "../../../mesh/emitter.ts";

function scene() {
  const links = new Emitter<LinkEvent>();
  const late = new Emitter<LateMessage>();
  const undos: (() => void)[] = [];
  const call = { session: { links, late }, atEnd: (undo: () => void) => void undos.push(undo) };
  const loads = { captions: 0 };
  const told: string[] = [];
  const gate = Promise.withResolvers<void>();
  const extra: Extra = {
    handle: (event: ExtraEvent) => void told.push(event.type === "topic" ? "topic" : event.label),
    receive: (message) => void told.push(message.type),
    close: () => void told.push("closed"),
  };
  const module: ExtraModule = { open: () => extra };
  const load = async () => {
    loads.captions++;
    await gate.promise;
    return module;
  };
  const open = () =>
    // An extra of this scene looks at nothing else of its call.
    new Extras(call as unknown as Call, { captions: load, powers: load });
  const end = () => undos.forEach((undo) => undo());
  const say = (topic: string) => links.emit({ type: "topic", peerId: "bob", topic, body: 1 });
  const dial = (label: string) =>
    links.emit({ type: "channel", peerId: "bob", label, raw: Object.create(null) });
  return { open, end, say, dial, late, loads, told, gate, extra };
}

Deno.test("a peer's message loads its extra once, which gets all that came meanwhile, in order", async () => {
  const { open, say, dial, loads, told, gate, extra } = scene();
  const extras = open();
  assertEquals(loads.captions, 0);
  say("captions");
  dial("parley-captions");
  say("replay");
  gate.resolve();
  assertEquals(await extras.load("captions"), extra);
  say("captions");
  assertEquals([told, loads.captions], [["topic", "parley-captions", "topic"], 1]);
  assertEquals(Object.keys(extras.open.value), ["captions"]);
});

Deno.test("a late message of the server loads its extra, which gets it", async () => {
  const { open, late, told, gate } = scene();
  const extras = open();
  late.emit({ type: "ended" });
  gate.resolve();
  await extras.load("powers");
  late.emit({ type: "ending", leftMs: 5 });
  assertEquals([told, Object.keys(extras.open.value)], [["ended", "ending"], ["powers"]]);
});

Deno.test("a flood of messages while an extra loads is bounded", async () => {
  const { open, say, told, gate } = scene();
  const extras = open();
  for (let count = 0; count < 1_000; count++) say("captions");
  gate.resolve();
  await extras.load("captions");
  assertEquals(told.length, 64);
});

Deno.test("with the call its extras end, those that are still loading too", async () => {
  const one = scene();
  const extras = one.open();
  one.gate.resolve();
  await extras.load("captions");
  one.end();
  one.say("captions");
  assertEquals(one.told, ["closed"]);

  const other = scene();
  const loading = other.open().load("captions");
  other.end();
  other.gate.resolve();
  assertEquals(await loading, undefined);
  assertEquals(other.told, []);
});

Deno.test("a remembered extra is loaded with the next call, an unknown one is not", () => {
  localStorage.removeItem("parley-extras");
  const before = scene();
  before.open();
  rememberExtra("captions", true);
  rememberExtra("recording", true);
  assertEquals(before.loads.captions, 0);
  const next = scene();
  next.open();
  rememberExtra("captions", false);
  assertEquals(next.loads.captions, 1);
  const last = scene();
  last.open();
  assertEquals(last.loads.captions, 0);
  localStorage.removeItem("parley-extras");
});
