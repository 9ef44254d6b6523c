/**
 * Sends each viewer the size of picture that they see, within what this machine and its line can
 * carry. Invariants:
 * 1 A picture that no viewer shows is neither sent nor encoded.
 * 2 A viewer that sends no `watch` message (an older page, a page of the SkyRTC dialect) gets
 *   pictures for a large tile.
 * 3 A picture gets better one step at a time and waits before the next step, unless its viewer has
 *   just asked for more; it gets worse at once.
 * 4 A new screen is sent whole: its size is known only after its first frames, and the browser's
 *   estimate of a line grows with them. The statistics of that time do not count.
 * 5 Sound is never touched.
 */
import type { Peer, PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { Slot } from "../events.ts";
import type { Want, Watch } from "../link/peer_message.ts";
import type { SenderRule } from "../link/sender_rules.ts";
import { allocate, type Allocation, bitrateAt, type Stream } from "./allocation.ts";
import { sharedCodec } from "./codecs.ts";
import { Budgets, ceiling, lightCeiling } from "./budget.ts";
import { ladderOf, pixelRate, type Source, type Step, stepFor } from "./ladder.ts";
import { type Outgoing, outgoingOf, sampleOf } from "./outgoing.ts";

/** Slots that hold pictures. */
export type PictureSlot = Extract<Slot, "camera" | "screen">;

/** One link, as far as its pictures go. */
export interface PictureLink {
  readonly peer: Pick<Peer, "peerId">;
  /** The last `watch` message of the viewer at its end. */
  readonly watch: Watch | undefined;
  readonly link: {
    /** Until the next change. */
    limit(slot: PictureSlot, rule: SenderRule): void;
  };
}

/** What a `Quality` needs of its session. */
export interface QualityOptions {
  readonly clock: Clock;
  readonly links: () => readonly PictureLink[];
  /** Own picture in a slot; null: none. */
  readonly track: (slot: PictureSlot) => MediaStreamTrack | null;
}

/** For a viewer that has sent no `watch` message. */
const unknownWant: Want = { width: 1280, height: 720, rank: "rest" };
/** The order in which pictures keep their quality, the most important first. */
const importances = { text: 0, pinned: 1, speaker: 2, screen: 3, rest: 4 } as const;

/** The least time between two steps up that the viewer did not request, ms. */
const stepUpMs = 3_000;
/** A younger connection is not measured: its browser is still estimating the line. ms. */
const warmUpMs = 10_000;
/** So long a screen is new, ms. */
const newScreenMs = 3_000;
/** After so many measurements in a row with a strained processor, light mode is suggested. */
const strainedMeasurements = 15;

interface Viewer {
  outgoing: Outgoing | undefined;
  since: number;
}

interface Sent {
  /** An index of the ladder; its length: not sent. */
  readonly step: number;
  readonly wanted: number;
  /** When it last became better or worse, ms. */
  readonly at: number;
}

/** The quality of all pictures of one room. */
export class Quality {
  readonly #options: QualityOptions;
  readonly #budgets = new Budgets();
  readonly #viewers = new Map<PeerId, Viewer>();
  #sent = new Map<string, Sent>();
  readonly #rules = new Map<string, SenderRule>();
  /** Bit/s of pictures to each peer, as it was last decided. */
  #allowed = new Map<PeerId, number>();
  #encodes: readonly string[] = [];
  #screen: MediaStreamTrack | null = null;
  #newUntil = 0;
  #strained = false;

  constructor(options: QualityOptions) {
    this.#options = options;
  }

  /**
   * Whether the processor has been the limit for long. It stays true for this visit, or the
   * suggestion would come and go.
   */
  get strained(): boolean {
    return this.#strained;
  }

  /** Sends less to everybody, because the person has switched light mode on. */
  setLight(light: boolean): void {
    this.#budgets.ceiling = light ? lightCeiling : ceiling;
    this.decide();
  }

  /** Sets the codecs that this machine encodes in hardware; see codecs.ts. */
  setEfficient(codecs: readonly string[]): void {
    this.#encodes = codecs;
    this.decide();
  }

  /** Adds the statistics of one link. */
  addStatistics(peerId: PeerId, report: RTCStatsReport): void {
    const viewer = this.#viewer(peerId);
    viewer.outgoing = outgoingOf(report, {
      before: viewer.outgoing,
      now: this.#options.clock.now(),
    });
  }

  /** Adjusts the budgets and decides again. Call it after addStatistics() for all links. */
  adapt(): void {
    this.#followScreen();
    const now = this.#options.clock.now();
    const samples = [...this.#viewers].flatMap(([peerId, { outgoing, since }]) =>
      outgoing === undefined || now - since < warmUpMs || now < this.#newUntil
        ? []
        : [sampleOf(peerId, { outgoing, allowed: this.#allowed.get(peerId) ?? 0 })]
    );
    this.#budgets.learn(samples, now);
    this.#strained ||= this.#budgets.strainedFor >= strainedMeasurements;
    this.decide();
  }

  /** Call it when links or own pictures come or go, or when a `watch` message arrives. */
  decide(): void {
    this.#followScreen();
    const links = this.#options.links();
    const here = new Set(links.map(({ peer }) => peer.peerId));
    for (const peerId of this.#viewers.keys()) if (!here.has(peerId)) this.#viewers.delete(peerId);
    for (const peerId of here) this.#viewer(peerId);
    const streams = slots.flatMap((slot) => this.#streamsOf(slot, links));
    const { bitrate, pixels } = this.#budgets;
    const allocation = allocate(streams, {
      bitrate,
      pixels,
      toPeer: (peerId) => this.#budgets.toPeer(peerId),
    });
    this.#apply(streams, this.#limitSteps(streams, allocation));
  }

  /** Forgets all viewers, for another room. */
  clear(): void {
    this.#viewers.clear();
    this.#sent.clear();
    this.#strained = false;
  }

  #followScreen(): void {
    const { clock, track } = this.#options;
    const screen = track("screen");
    const now = clock.now();
    if (screen !== this.#screen) this.#newUntil = now + newScreenMs;
    else if (now < this.#newUntil || this.#newUntil === 0) return;
    else this.#newUntil = 0;
    this.#screen = screen;
    // The step of another screen, or of unknown size, says nothing about this one.
    for (const key of this.#sent.keys()) if (key.startsWith("screen")) this.#sent.delete(key);
  }

  #viewer(peerId: PeerId): Viewer {
    const known = this.#viewers.get(peerId);
    if (known !== undefined) return known;
    const viewer = { outgoing: undefined, since: this.#options.clock.now() };
    this.#viewers.set(peerId, viewer);
    return viewer;
  }

  #streamsOf(slot: PictureSlot, links: readonly PictureLink[]): Stream[] {
    const track = this.#options.track(slot);
    const source = track === null ? undefined : sourceOf(slot, track);
    if (source === undefined) return [];
    const ladder = ladderOf(source);
    const isNew = slot === "screen" && this.#options.clock.now() < this.#newUntil;
    const pixels = ladder.map((step) => isNew ? 0 : pixelRate(source, step));
    return links.map(({ peer: { peerId }, watch }) => {
      const want = watch?.[slot] ?? unknownWant;
      const key = `${slot} ${peerId}`;
      const now = this.#sent.get(key)?.wanted;
      const wanted = isNew && want.width > 0 ? 0 : stepFor(want, { source, ladder, now });
      return { key, peerId, ladder, pixels, wanted, importance: importanceOf(source, want) };
    });
  }

  /** Applies invariant 3 to an allocation. */
  #limitSteps(streams: readonly Stream[], allocation: Allocation): Map<string, Sent> {
    const now = this.#options.clock.now();
    return new Map(streams.map(({ key, wanted, ladder }) => {
      const goal = allocation.get(key) ?? ladder.length;
      const before = this.#sent.get(key);
      if (before === undefined || wanted !== before.wanted || goal > before.step) {
        const isNews = before === undefined || before.step !== goal;
        return [key, { step: goal, wanted, at: isNews ? now : before.at }];
      }
      if (goal === before.step || now - before.at < stepUpMs) return [key, before];
      // A smaller size may cost more than the goal.
      const cost = ladder[goal]?.bitrate ?? 0;
      const step = ladder.findLastIndex((it, at) => at < before.step && it.bitrate <= cost);
      return [key, { step: Math.max(goal, step), wanted, at: now }];
    }));
  }

  #apply(streams: readonly Stream[], sent: Map<string, Sent>): void {
    this.#sent = sent;
    this.#allowed = new Map();
    const links = new Map(this.#options.links().map((link) => [link.peer.peerId, link]));
    for (const stream of streams) {
      const { key, peerId, ladder } = stream;
      const index = sent.get(key)?.step ?? ladder.length;
      const before = this.#allowed.get(peerId) ?? 0;
      this.#allowed.set(peerId, before + bitrateAt(stream, index));
      const slot = key.startsWith("screen") ? "screen" : "camera";
      const to = links.get(peerId);
      const codec = sharedCodec(this.#encodes, to?.watch?.efficient);
      const rule = this.#rule(ladder, { index, codec });
      if (rule !== undefined) to?.link.limit(slot, rule);
    }
  }

  /**
   * Returns the same object for equal rules, so that a link can tell by identity that nothing has
   * changed.
   */
  #rule(
    ladder: readonly Step[],
    { index, codec }: { index: number; codec: string | undefined },
  ): SenderRule | undefined {
    const step = ladder[index] ?? ladder.at(-1);
    if (step === undefined) return undefined;
    const rule = {
      active: index < ladder.length,
      scaleResolutionDownBy: step.scale,
      maxBitrate: step.bitrate,
      maxFramerate: step.framerate,
      codec,
    };
    const key = JSON.stringify(rule);
    const known = this.#rules.get(key) ?? rule;
    this.#rules.set(key, known);
    return known;
  }
}

const slots: readonly PictureSlot[] = ["camera", "screen"];

/** Undefined until the browser knows the size. */
function sourceOf(slot: PictureSlot, track: MediaStreamTrack): Source | undefined {
  const { width, height, frameRate = 30 } = track.getSettings();
  if (!width || !height) return undefined;
  const use = slot === "camera" ? "camera" : track.contentHint === "motion" ? "motion" : "text";
  return { use, width, height, frameRate };
}

function importanceOf({ use }: Source, { rank }: Want): number {
  if (use === "text") return importances.text;
  if (rank !== "rest") return importances[rank];
  return use === "motion" ? importances.screen : importances.rest;
}
