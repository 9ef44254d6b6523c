/**
 * Finds out why nothing is heard of the own microphone although it is on. Loaded when that has been
 * so for a while. Invariants:
 * 1 Other microphones are opened only if the browser allows it without a question, rarely, and for
 *   some seconds; only their levels are read, and nothing of them leaves the page.
 * 2 A sound, a mute or another microphone ends what is said and closes what is open.
 * 3 What the person has dismissed is not said again of the same microphone.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import {
  browserClock,
  deviceOf,
  openMicrophone,
  type PeakMeter,
  watchLevel,
  watchPeak,
} from "../../../mesh/mod.ts";
import type { MediaStore } from "../../devices/mod.ts";
import { type Microphone, MicrophoneTrial, type TrialFacts } from "./microphone_trial.ts";
import type { RoomStore } from "../../room/mod.ts";

/**
 * What is wrong. `muted`: by a key of the device, or by the system; `dead`: nothing comes from it;
 * `elsewhere`: it is quiet while another one hears a voice. `other`: the one that does.
 */
export type Silence =
  | { readonly kind: "muted" | "dead"; readonly other: Microphone | undefined }
  | { readonly kind: "elsewhere"; readonly other: Microphone };

/** The part of the call that is used. */
export interface SilentCall {
  readonly media: Pick<MediaStore, "source" | "devices" | "choose">;
  readonly muted: ReadonlySignal<boolean>;
  readonly room: Pick<RoomStore, "state">;
}

/** What the store needs of the browser. */
export interface SilenceFacts extends TrialFacts {
  readonly watchPeak: (track: MediaStreamTrack) => PeakMeter;
}

const browserFacts: SilenceFacts = {
  watchPeak: (track) => watchPeak(track),
  watchLevel: (track, onLevel) => watchLevel(track, onLevel),
  open: openMicrophone,
  after: (ms, callback) => browserClock.after(ms, callback),
};

/** How often the microphone is looked at, ms. */
const everyMs = 250;
/** Less than a step of 16-bit sound, which a working microphone does not stay below. */
const digitalZero = 1e-5;
/** Quieter than any voice. */
const quietPeak = 2e-3;
/** How long each lasts before it is said; some devices send zeros while nobody speaks. ms. */
const patience = { muted: 3_000, dead: 5_000, deadOnceHeard: 60_000 };
/** After how long the others are listened to, again and again, ms. */
const trialsMs = [5_000, 30_000, 90_000, 180_000];
const mostOthers = 3;

/** Watches the microphone of a call. */
export class SilenceStore {
  readonly #call: SilentCall;
  readonly #facts: SilenceFacts;
  readonly #silence = signal<Silence | undefined>(undefined);
  readonly #dismissed = new Set<MediaStreamTrack>();
  readonly #unfollow: () => void;
  #heard: MediaStreamTrack | undefined;
  #track: MediaStreamTrack | undefined;
  #peak: PeakMeter | undefined;
  #trial: MicrophoneTrial | undefined;
  #cancel = () => {};
  #ms = { muted: 0, zero: 0, quiet: 0, trials: 0 };

  /** `heard`: the track from which a sound has come before. */
  constructor(
    call: SilentCall,
    { heard, facts = browserFacts }: {
      heard: MediaStreamTrack | undefined;
      facts?: SilenceFacts;
    },
  ) {
    this.#call = call;
    this.#facts = facts;
    this.#heard = heard && deviceOf(heard);
    this.#unfollow = effect(() => this.#follow(this.#openMicrophone()));
  }

  /** What to tell the person; undefined: nothing. */
  get silence(): ReadonlySignal<Silence | undefined> {
    return this.#silence;
  }

  /** Says nothing more of this microphone. */
  dismiss(): void {
    if (this.#track !== undefined) this.#dismissed.add(this.#track);
    this.#silence.value = undefined;
  }

  close(): void {
    this.#unfollow();
    this.#follow(undefined);
  }

  /** The device of a microphone that the person believes to be heard. */
  #openMicrophone(): MediaStreamTrack | undefined {
    const { media, muted, room } = this.#call;
    const state = media.source("microphone").value;
    const { kind } = room.state.value;
    const isInside = kind === "joined" || kind === "reconnecting";
    return isInside && !muted.value && state.kind === "on" ? deviceOf(state.track) : undefined;
  }

  #follow(track: MediaStreamTrack | undefined): void {
    if (track === this.#track) return;
    this.#cancel();
    this.#peak?.close();
    this.#trial?.close();
    this.#trial = this.#peak = undefined;
    this.#track = track;
    this.#ms = { muted: 0, zero: 0, quiet: 0, trials: 0 };
    this.#silence.value = undefined;
    if (track === undefined) return;
    this.#peak = this.#facts.watchPeak(track);
    this.#lookLater(track);
  }

  #lookLater(track: MediaStreamTrack): void {
    this.#cancel = this.#facts.after(everyMs, () => {
      this.#look(track);
      this.#lookLater(track);
    });
  }

  #look(track: MediaStreamTrack): void {
    const peak = track.muted ? 0 : this.#peak?.peak();
    // Before the person has pressed something, browsers let no page hear anything.
    if (peak === undefined || this.#dismissed.has(track)) return;
    const ms = this.#ms;
    const count = (before: number, goesOn: boolean) => goesOn ? before + everyMs : 0;
    ms.muted = count(ms.muted, track.muted);
    ms.zero = count(ms.zero, peak < digitalZero);
    ms.quiet = count(ms.quiet, peak < quietPeak);
    if (ms.zero === 0) this.#heard = track;
    if (ms.quiet === 0) {
      this.#trial?.close();
      this.#silence.value = undefined;
      return;
    }
    if (ms.quiet >= (trialsMs[ms.trials] ?? Infinity)) this.#tryOthers(track);
    this.#say(track);
  }

  #say(track: MediaStreamTrack): void {
    const { muted, zero } = this.#ms;
    const deadMs = track === this.#heard ? patience.deadOnceHeard : patience.dead;
    const kind = muted >= patience.muted
      ? "muted"
      : muted === 0 && zero >= deadMs
      ? "dead"
      : undefined;
    const before = this.#silence.peek();
    if (kind === undefined || kind === before?.kind) return;
    this.#silence.value = { kind, other: before?.other };
  }

  #tryOthers(track: MediaStreamTrack): void {
    this.#ms.trials++;
    this.#trial?.close();
    this.#trial = new MicrophoneTrial(othersThan(track, this.#call), {
      ...this.#facts,
      found: (other) => {
        const kind = this.#silence.peek()?.kind ?? "elsewhere";
        this.#silence.value = { kind, other };
      },
    });
  }
}

/**
 * Other microphones than `track`. Some browsers list the system's default a second time under
 * another id; it has the same group.
 */
function othersThan(track: MediaStreamTrack, { media }: SilentCall): readonly Microphone[] {
  const { microphones } = media.devices.peek();
  const { deviceId } = track.getSettings();
  const own = microphones.find((one) => one.deviceId === deviceId);
  return microphones.filter((one) =>
    one.deviceId !== deviceId && !/^(default|communications)?$/.test(one.deviceId) &&
    (one.groupId === "" || one.groupId !== own?.groupId)
  ).slice(0, mostOthers);
}
