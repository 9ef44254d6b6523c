/**
 * The speaker's end of a channel for missed voice: answers with the voice since a time, and goes on
 * until the channel is closed. A peer hears nothing that was said before it came.
 */
import type { Clock } from "../clock.ts";
import type { RawChannel } from "../link/raw_channel.ts";
import {
  encodePacket,
  parseListenerMessage,
  pingsMost,
  type SpeakerMessage,
} from "./replay_message.ts";
import { keptMs, type VoicePacket, type VoiceRing } from "./voice_ring.ts";

/** A replay that has not ended by then never will, ms. */
const longest = 120_000;
/** How often the peer is told that nothing more was said, ms, and up to when. */
const mark = { every: 200, behind: 400 } as const;
/** While so many bytes wait, the line is too slow for a replay. */
const backlogMost = 1_000_000;

/** `since`: when the peer came, ms by `clock`. */
export interface GivenVoice {
  readonly ring: VoiceRing;
  readonly clock: Clock;
  readonly since: number;
}

/** Serves one channel until it is closed. Returns the function that closes it. */
export function giveVoice({ channel, gone }: RawChannel, voice: GivenVoice): () => void {
  const { ring, clock, since } = voice;
  const over = new AbortController();
  const { signal } = over;
  let isStarted = false;
  let pings = 0;
  const end = () => {
    over.abort();
    channel.close();
  };
  const until = (undo: () => void) => signal.addEventListener("abort", undo, { once: true });
  const say = (message: SpeakerMessage) => {
    if (channel.readyState === "open") channel.send(JSON.stringify(message));
  };
  const send = (packet: VoicePacket) => {
    if (channel.bufferedAmount > backlogMost || channel.readyState !== "open") return end();
    channel.send(encodePacket(packet));
  };
  const start = (at: number) => {
    isStarted = true;
    // While nobody speaks, the ring still has older packets.
    const oldest = clock.now() - keptMs;
    for (const packet of ring.since(Math.max(at, since, oldest))) send(packet);
    until(ring.subscribe(send));
    const tick = () => {
      if (signal.aborted) return;
      send({ at: clock.now() - mark.behind, data: new Uint8Array() });
      until(clock.after(mark.every, tick));
    };
    tick();
  };
  channel.addEventListener("message", ({ data }) => {
    const parsed = parseListenerMessage(data);
    if (!parsed.ok) return end();
    const { message } = parsed;
    if (message.type === "from") return isStarted ? end() : start(message.at);
    if (++pings > pingsMost) return end();
    say({ type: "clock", ping: message.ping, now: Math.round(clock.now()) });
  }, { signal });
  channel.addEventListener("close", end, { signal });
  // A new channel may be open and say so later.
  if (channel.readyState === "connecting") {
    channel.addEventListener("open", () => say({ type: "ready" }), { signal, once: true });
  } else say({ type: "ready" });
  until(clock.after(longest, end));
  void gone.then(end);
  return end;
}
