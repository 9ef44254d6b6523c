import { assertEquals } from "../../assert.ts";
import { encodePacket } from "../../../mesh/replay/replay_message.ts";
import { giveVoice } from "../../../mesh/replay/voice_giver.ts";
import { requestVoice, type VoiceEvent } from "../../../mesh/replay/voice_request.ts";
import { keptMs, VoiceRing } from "../../../mesh/replay/voice_ring.ts";
import type { RawChannel } from "../../../mesh/link/raw_channel.ts";
import type { Clock } from "../../../mesh/clock.ts";
import { VirtualClock } from "../virtual_clock.ts";

/** One end of a channel; what it sends reaches the other end at once. */
class End extends EventTarget {
  readyState: RTCDataChannelState = "open";
  readonly bufferedAmount = 0;
  binaryType = "arraybuffer";
  other: End | undefined;

  send(data: string | Uint8Array): void {
    const frame = typeof data === "string" ? data : data.slice().buffer;
    this.other?.dispatchEvent(new MessageEvent("message", { data: frame }));
  }

  close(): void {
    for (const end of [this, this.other]) {
      if (end?.readyState !== "open") continue;
      end.readyState = "closed";
      end.dispatchEvent(new Event("close"));
    }
  }
}

function raw(end: End): RawChannel {
  const gone = new Promise<void>(() => {});
  const channel: unknown = end;
  // deno-lint-ignore no-explicit-any -- nothing else of a channel is used here
  return { channel: channel as any, connection: Object.create(null), gone };
}

const packet = (at: number) => ({ at, data: new Uint8Array([1, 2, 3]) });

/** The speaker's clock is an hour ahead of the listener's. */
function scene({ since = 0, from = 0 }: { since?: number; from?: number }) {
  const hour = 3_600_000;
  const clock = new VirtualClock();
  const speaker: Clock = {
    now: () => clock.now() + hour,
    date: () => clock.date(),
    after: (ms, callback) => clock.after(ms, callback),
  };
  const ring = new VoiceRing();
  const [one, two] = [new End(), new End()];
  [one.other, two.other] = [two, one];
  const heard: number[] = [];
  const told: VoiceEvent["type"][] = [];
  const end = requestVoice(raw(one), {
    clock,
    from,
    emit: (event) => {
      if (event.type === "packet") heard.push(Math.round(event.packet.at));
      else told.push(event.type);
    },
  });
  const give = () => giveVoice(raw(two), { ring, clock: speaker, since: since + hour });
  const say = (at: number) => ring.add(packet(at + hour));
  return { clock, say, give, end, heard, told, one, two };
}

Deno.test("a listener gets what was said since a time, with times by its own clock, and what follows", () => {
  const { say, give, heard } = scene({ from: 2_000 });
  for (const at of [1_000, 2_000, 3_000]) say(at);
  give();
  assertEquals(heard, [2_000, 3_000]);
  say(4_000);
  assertEquals(heard, [2_000, 3_000, 4_000]);
});

Deno.test("a listener whose channel is reported open after the first message gets all the same", () => {
  const { say, give, heard, one } = scene({ from: 2_000 });
  for (const at of [2_000, 3_000]) say(at);
  one.readyState = "connecting";
  give();
  assertEquals(heard, []);
  one.readyState = "open";
  one.dispatchEvent(new Event("open"));
  assertEquals(heard, [2_000, 3_000]);
});

Deno.test("nobody gets what was said before they came", () => {
  const { say, give, heard } = scene({ since: 2_500 });
  for (const at of [1_000, 2_000, 3_000]) say(at);
  give();
  assertEquals(heard, [3_000]);
});

Deno.test("nobody gets what was said longer ago than is kept, although nothing was said since", () => {
  const long = -2 * keptMs;
  const { say, give, heard } = scene({ since: long, from: long });
  for (const at of [-keptMs - 1_000, 1_000 - keptMs]) say(at);
  give();
  assertEquals(heard, [1_000 - keptMs]);
});

Deno.test("half a minute is kept", () => {
  const ring = new VoiceRing();
  for (let at = 0; at <= 60_000; at += 1_000) ring.add(packet(at));
  assertEquals(ring.since(0).map(({ at }) => at)[0], 60_000 - keptMs);
});

Deno.test("a speaker that says nothing tells until when, and a closed channel ends it", () => {
  const { clock, give, end, told } = scene({});
  give();
  clock.advance(1_000);
  assertEquals(told.length > 1 && told.every((type) => type === "heard"), true);
  end();
  assertEquals(told.at(-1), "ended");
  const count = told.length;
  clock.advance(5_000);
  assertEquals(told.length, count);
});

Deno.test("a page that never answers ends the request", () => {
  const { clock, told } = scene({});
  clock.advance(10_000);
  assertEquals(told, ["ended"]);
});

Deno.test("nonsense closes the channel at either end", () => {
  for (const nonsense of ["{}", '{"type":"from","at":-1}', "x".repeat(1_000)]) {
    const { give, one, two, told } = scene({});
    give();
    one.send(nonsense);
    assertEquals([one.readyState, two.readyState, told.at(-1)], ["closed", "closed", "ended"]);
  }
  const { give, one, two, told } = scene({});
  give();
  two.send(new Uint8Array(3));
  assertEquals([one.readyState, told.at(-1)], ["closed", "ended"]);
});

Deno.test("sound that is said to come from the future, or without end, closes the channel", () => {
  for (const data of [new Uint8Array(), new Uint8Array([1])]) {
    const { give, one, two, told, heard } = scene({});
    give();
    two.send(encodePacket({ at: 1e15, data }));
    assertEquals([one.readyState, told.at(-1), heard.length], ["closed", "ended", 0]);
  }
  const { give, one, two, heard } = scene({});
  give();
  for (let count = 0; count < 20_000; count++) two.send(encodePacket(packet(3_600_000)));
  assertEquals([one.readyState, heard.length < 10_000], ["closed", true]);
});
