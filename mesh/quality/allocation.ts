/**
 * Shares the budgets among all pictures. Pure. Invariants:
 * 1 No budget is exceeded: if the smallest forms do not fit, whole pictures are left out.
 * 2 No picture is sent better than its viewer wants it.
 * 3 A picture is made worse only when all less important ones are at their worst.
 * Sound has no part in it: its bit rate is subtracted before.
 */
import type { Step } from "./ladder.ts";

/** One picture to one viewer. */
export interface Stream {
  readonly key: string;
  /** The viewer. */
  readonly peerId: string;
  /** 0 is the most important. */
  readonly importance: number;
  /** Best first. */
  readonly ladder: readonly Step[];
  /** Encoding cost of each step, pixels per second. */
  readonly pixels: readonly number[];
  /** The best step worth sending, an index of `ladder`; the ladder's length: none. */
  readonly wanted: number;
}

/** What may be used. */
export interface Budget {
  /** Bit/s of all pictures together. */
  readonly bitrate: number;
  /** Pixels per second of all encoders together. */
  readonly pixels: number;
  /** Bit/s of all pictures on the way to one peer. */
  readonly toPeer: (peerId: string) => number;
}

/** A step for each stream by its key, an index; the ladder's length: it is not sent. */
export type Allocation = ReadonlyMap<string, number>;

/** Chooses a step for every stream. */
export function allocate(streams: readonly Stream[], budget: Budget): Allocation {
  const steps = new Map(streams.map(({ key, wanted }) => [key, wanted]));
  for (const peerId of new Set(streams.map((stream) => stream.peerId))) {
    const ofPeer = streams.filter((stream) => stream.peerId === peerId);
    lower(ofPeer, steps, () => sum(ofPeer, steps, bitrateAt) <= budget.toPeer(peerId));
  }
  lower(
    streams,
    steps,
    () =>
      sum(streams, steps, bitrateAt) <= budget.bitrate &&
      sum(streams, steps, pixelsAt) <= budget.pixels,
  );
  return steps;
}

/** Bit/s of a stream at a step. */
export function bitrateAt({ ladder }: Stream, step: number): number {
  return ladder[step]?.bitrate ?? 0;
}

function pixelsAt({ pixels }: Stream, step: number): number {
  return pixels[step] ?? 0;
}

function sum(
  streams: readonly Stream[],
  steps: ReadonlyMap<string, number>,
  cost: (stream: Stream, step: number) => number,
): number {
  return streams.reduce((total, stream) => total + cost(stream, stepOf(stream, steps)), 0);
}

function stepOf({ key, ladder }: Stream, steps: ReadonlyMap<string, number>): number {
  return steps.get(key) ?? ladder.length;
}

/** Lowers one stream by one step, the least important first, until it `fits`. */
function lower(
  streams: readonly Stream[],
  steps: Map<string, number>,
  fits: () => boolean,
): void {
  while (!fits()) {
    const worst = leastImportant(streams, steps, ({ ladder }) => ladder.length - 1) ??
      // All are at their worst: from here on whole pictures are left out.
      leastImportant(streams, steps, ({ ladder }) => ladder.length);
    if (worst === undefined) return;
    steps.set(worst.key, stepOf(worst, steps) + 1);
  }
}

/** Among the least important streams that are still above `last`, the one that costs most. */
function leastImportant(
  streams: readonly Stream[],
  steps: ReadonlyMap<string, number>,
  last: (stream: Stream) => number,
): Stream | undefined {
  let found: Stream | undefined;
  for (const stream of streams) {
    if (stepOf(stream, steps) >= last(stream)) continue;
    if (found === undefined || isLessImportant(stream, found, steps)) found = stream;
  }
  return found;
}

function isLessImportant(
  stream: Stream,
  than: Stream,
  steps: ReadonlyMap<string, number>,
): boolean {
  if (stream.importance !== than.importance) return stream.importance > than.importance;
  const cost = (it: Stream) => bitrateAt(it, stepOf(it, steps));
  return cost(stream) > cost(than);
}
