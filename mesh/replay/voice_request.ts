/**
 * The listener's end of a channel for missed voice: measures the other clock, then asks for what
 * was said since a time. Packets arrive with times by the own clock.
 */
import type { Clock } from "../clock.ts";
import { listenInOrder } from "../link/in_order.ts";
import type { RawChannel } from "../link/raw_channel.ts";
import { decodePacket, type ListenerMessage, parseSpeakerMessage } from "./replay_message.ts";
import type { VoicePacket } from "./voice_ring.ts";

/** What a request tells. Times are ms by the own clock. */
export type VoiceEvent =
  | { readonly type: "packet"; readonly packet: VoicePacket }
  /** All that was said before `at` has come. */
  | { readonly type: "heard"; readonly at: number }
  /** Nothing more comes. */
  | { readonly type: "ended" };

/**
 * An older page does not answer. A browser may take 3 s to notice that the path carries data again.
 * ms.
 */
const answerMs = 6_000;
/** The quickest answer of these tells the clock best. */
const pings = 3;
/** Sound later than now by more than an error of the measured clock is none, ms. */
const futureMost = 5_000;
/** Two minutes in packets of 20 ms, and more; a replay ends before that. */
const packetsMost = 8_000;

/** What is requested. */
export interface RequestedVoice {
  readonly clock: Clock;
  /** ms by the own clock. */
  readonly from: number;
  readonly emit: (event: VoiceEvent) => void;
}

/** Requests voice over a new channel. Returns the function that ends it. */
export function requestVoice(raw: RawChannel, { clock, from, emit }: RequestedVoice): () => void {
  const { channel, gone } = raw;
  channel.binaryType = "arraybuffer";
  const over = new AbortController();
  const { signal } = over;
  const end = () => {
    if (signal.aborted) return;
    over.abort();
    giveUp();
    channel.close();
    emit({ type: "ended" });
  };
  const giveUp = clock.after(answerMs, end);
  const send = (message: ListenerMessage) => {
    if (channel.readyState === "open") channel.send(JSON.stringify(message));
  };
  let sentAt = 0;
  let best = Infinity;
  let packets = 0;
  /** Speaker's clock minus own, ms. */
  let offset = 0;
  const ask = (ping: number) => {
    sentAt = clock.now();
    send({ type: "clock", ping });
  };
  const measure = (ping: number, theirs: number) => {
    const trip = clock.now() - sentAt;
    if (trip < best) {
      best = trip;
      offset = theirs - (sentAt + trip / 2);
    }
    if (ping + 1 < pings) ask(ping + 1);
    else send({ type: "from", at: Math.max(0, Math.round(from + offset)) });
  };
  const receive = (data: unknown) => {
    if (typeof data === "string") {
      const parsed = parseSpeakerMessage(data);
      if (!parsed.ok) return end();
      const { message } = parsed;
      return message.type === "ready" ? ask(0) : measure(message.ping, message.now);
    }
    const found = decodePacket(data);
    if (found === undefined) return end();
    giveUp();
    const packet = { ...found, at: found.at - offset };
    if (packet.at > clock.now() + futureMost) return end();
    if (packet.data.length === 0) return emit({ type: "heard", at: packet.at });
    if (++packets > packetsMost) return end();
    emit({ type: "packet", packet });
  };
  listenInOrder(channel, receive, signal);
  channel.addEventListener("close", end, { signal });
  void gone.then(end);
  return end;
}
