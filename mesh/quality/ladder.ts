/**
 * The steps in which one picture can be sent, best first. There are few of them, so that dragging a
 * window does not restart an encoder with every pixel. Pure.
 */
import type { Want } from "../link/peer_message.ts";

/** What a slot sends: a camera's picture, or a screen by what it is shared for. */
export type Use = "camera" | "text" | "motion";

/** A picture as it is captured; pixels and frames per second. */
export interface Source {
  readonly use: Use;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** One way of sending a picture. */
export interface Step {
  /** `scaleResolutionDownBy`, at least 1. */
  readonly scale: number;
  /** Bit/s at most. */
  readonly bitrate: number;
  /** Frames per second at most. */
  readonly framerate: number;
}

interface Rung {
  readonly height: number;
  readonly bitrate: number;
  readonly framerate: number;
}

/** For cameras, by height: the bit rate that VP8 needs for a face at that size. */
const cameraRungs: readonly Rung[] = [
  { height: 1080, bitrate: 2_500_000, framerate: 30 },
  { height: 720, bitrate: 1_500_000, framerate: 30 },
  { height: 540, bitrate: 900_000, framerate: 30 },
  { height: 360, bitrate: 500_000, framerate: 30 },
  { height: 270, bitrate: 300_000, framerate: 24 },
  { height: 180, bitrate: 150_000, framerate: 15 },
  { height: 90, bitrate: 60_000, framerate: 10 },
];

/**
 * Text keeps its size as long as possible and loses frames first: 400 kbit/s draw a page of 720
 * lines in two seconds, and half its size cannot be read.
 */
const textSteps: readonly Step[] = [
  { scale: 1, bitrate: 2_500_000, framerate: 15 },
  { scale: 1, bitrate: 1_200_000, framerate: 8 },
  { scale: 1, bitrate: 600_000, framerate: 5 },
  { scale: 1, bitrate: 400_000, framerate: 3 },
  { scale: 2, bitrate: 600_000, framerate: 15 },
  { scale: 2, bitrate: 400_000, framerate: 8 },
  { scale: 4, bitrate: 200_000, framerate: 8 },
  { scale: 4, bitrate: 100_000, framerate: 3 },
  // Fits the least that a line to a viewer may be given, so that text is late there instead of
  // missing.
  { scale: 4, bitrate: 50_000, framerate: 1 },
];
/** 4 Mbit/s carry a film at 1080p30. */
const motionSteps: readonly Step[] = [
  { scale: 1, bitrate: 4_000_000, framerate: 30 },
  { scale: 1, bitrate: 2_000_000, framerate: 30 },
  { scale: 2, bitrate: 1_000_000, framerate: 30 },
  { scale: 2, bitrate: 500_000, framerate: 20 },
  { scale: 4, bitrate: 150_000, framerate: 15 },
  { scale: 4, bitrate: 60_000, framerate: 8 },
];

/** All steps of a picture, best first; never empty. */
export function ladderOf({ use, height, frameRate }: Source): readonly Step[] {
  if (use !== "camera") return use === "text" ? textSteps : motionSteps;
  const whole = { height, bitrate: bitrateFor(height), framerate: 30 };
  // A rung just below the full height would save nothing.
  return [whole, ...cameraRungs.filter((rung) => rung.height < height * 0.9)].map((rung) => ({
    scale: height / rung.height,
    bitrate: rung.bitrate,
    framerate: Math.min(rung.framerate, Math.max(1, frameRate)),
  }));
}

/** Interpolates between two rungs by height; outside of them the nearest one counts. */
function bitrateFor(height: number): number {
  const above = cameraRungs.findLast((rung) => rung.height >= height) ?? cameraRungs[0];
  const below = cameraRungs.find((rung) => rung.height <= height) ?? above;
  if (above === undefined || below === undefined || above === below) return below?.bitrate ?? 0;
  const part = Math.min(1, (height - below.height) / (above.height - below.height));
  return below.bitrate + part * (above.bitrate - below.bitrate);
}

/** Pixels per second that an encoder has to process. */
export function pixelRate({ width, height }: Source, { scale, framerate }: Step): number {
  return width / scale * (height / scale) * framerate;
}

/**
 * A picture that has this part of its tile's size still looks sharp. A smaller step is taken only
 * if the picture is larger than needed by the factor `tooLarge`.
 */
const enough = 0.85;
const tooLarge = 1.3;

/**
 * The step for a tile of this size, as an index; `ladder.length`: it is not shown. `now`: the step
 * in use, which stays while it is neither too small nor much too large.
 */
export function stepFor(
  want: Want,
  { source, ladder, now }: { source: Source; ladder: readonly Step[]; now: number | undefined },
): number {
  if (want.width === 0 || want.height === 0) return ladder.length;
  // A screen is shown whole; a camera picture fills its tile.
  const [across, down] = [want.width / source.width, want.height / source.height];
  const needed = source.use === "camera" ? Math.max(across, down) : Math.min(across, down);
  const covers = (step: Step, factor: number) => 1 / step.scale >= needed * factor;
  const best = ladder.findLastIndex((step) => covers(step, enough));
  const index = best < 0 ? 0 : firstOfItsSize(ladder, best);
  const current = now === undefined ? undefined : ladder[now];
  if (current === undefined || now === undefined || now >= index) return index;
  // It is sent larger than needed: a smaller step is worth the change only if it is more than just
  // enough.
  const smallerBest = ladder.findLastIndex((step) => covers(step, enough * tooLarge));
  return Math.max(now, smallerBest < 0 ? 0 : firstOfItsSize(ladder, smallerBest));
}

/** Several steps may have one size; the size of a tile asks for the best of them. */
function firstOfItsSize(ladder: readonly Step[], index: number): number {
  return ladder.findIndex(({ scale }) => scale === ladder[index]?.scale);
}
