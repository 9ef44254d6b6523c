/** Statistics of the pictures that this end sends over one connection. Names: webrtc-stats. */
import type { PeerId } from "../../protocol/mod.ts";
import type { Sample } from "./budget.ts";

/** One measurement, and the rates since the one before. */
export interface Outgoing {
  readonly at: number;
  readonly bytes: number;
  readonly pixels: number;
  /** Bit/s and pixels per second between the last two measurements. */
  readonly sent: number;
  readonly encoded: number;
  readonly available: number | undefined;
  readonly limitedBy: Sample["limitedBy"];
  readonly loss: number;
}

interface Entry {
  readonly type: string;
  readonly kind?: string;
  readonly active?: boolean;
  readonly bytesSent?: number;
  readonly framesEncoded?: number;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly qualityLimitationReason?: string;
  readonly fractionLost?: number;
  readonly availableOutgoingBitrate?: number;
  readonly nominated?: boolean;
}

/** Reads one report. `before`: the measurement before, if there is one; `now`: ms. */
export function outgoingOf(
  report: RTCStatsReport,
  { before, now }: { before: Outgoing | undefined; now: number },
): Outgoing {
  const entries: Entry[] = [...new Map<string, Entry>(report).values()];
  const video = entries.filter(({ type, kind }) => type === "outbound-rtp" && kind === "video");
  const remote = entries.filter(({ type, kind }) =>
    type === "remote-inbound-rtp" && kind === "video"
  );
  const bytes = video.reduce((sum, { bytesSent = 0 }) => sum + bytesSent, 0);
  // All frames are counted at the present size, so one measurement is wrong after a change of size.
  const pixels = video.reduce(
    (sum, { framesEncoded = 0, frameWidth = 0, frameHeight = 0 }) =>
      sum + framesEncoded * frameWidth * frameHeight,
    0,
  );
  const seconds = before === undefined ? 0 : (now - before.at) / 1000;
  const rate = (grown: number) => seconds > 0 ? Math.max(0, grown / seconds) : 0;
  const available = entries.flatMap(({ type, availableOutgoingBitrate }) =>
    type === "candidate-pair" && availableOutgoingBitrate !== undefined
      ? [availableOutgoingBitrate]
      : []
  );
  return {
    at: now,
    bytes,
    pixels,
    sent: rate(8 * (bytes - (before?.bytes ?? 0))),
    encoded: rate(pixels - (before?.pixels ?? 0)),
    available: available.length === 0 ? undefined : Math.max(...available),
    limitedBy: limitOf(video),
    loss: Math.max(0, ...remote.map(({ fractionLost = 0 }) => fractionLost)),
  };
}

/** Converts a measurement for `Budgets.learn`. */
export function sampleOf(
  peerId: PeerId,
  { outgoing, allowed }: { outgoing: Outgoing; allowed: number },
): Sample {
  const { sent, encoded, available, limitedBy, loss } = outgoing;
  return { peerId, allowed, sent, encoded, available, limitedBy, loss };
}

function limitOf(video: readonly Entry[]): Sample["limitedBy"] {
  const reasons = video.filter(({ active = true }) => active)
    .map(({ qualityLimitationReason }) => qualityLimitationReason);
  if (reasons.includes("cpu")) return "cpu";
  return reasons.includes("bandwidth") ? "bandwidth" : "none";
}
