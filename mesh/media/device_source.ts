/**
 * One camera or one microphone. Invariants:
 * 1 The newest wish wins: what an older one still brings is stopped at once.
 * 2 A track this source has not handed out, or has taken back, is stopped.
 * 3 `ended` leads to at most one start, and a start to a few requests (device_rescue.ts): a bad
 *   device starts no storm.
 */
import type { Clock } from "../clock.ts";
import type { Rescued } from "./device_rescue.ts";
import { lateImport } from "../late_import.ts";
import { capture, type Captured, type DeviceAccess, type MediaFailure } from "./media_failure.ts";

/** The one state of a source. */
export type SourceState =
  | { readonly kind: "off" }
  | { readonly kind: "starting" }
  | {
    readonly kind: "on";
    readonly track: MediaStreamTrack;
    readonly deviceId: string;
    /** The label of the device that was wished for and does not start, "" if nobody knows it. */
    readonly insteadOf?: string;
  }
  | { readonly kind: "failed"; readonly failure: MediaFailure };

/**
 * A wished device: by id, else by label (ids change when a person clears the browser's memory),
 * else any.
 */
export interface DeviceChoice {
  readonly deviceId?: string;
  readonly label?: string;
}

interface DeviceSourceOptions {
  readonly kind: "video" | "audio";
  readonly constraints: MediaTrackConstraints;
  /** Undefined, with the reason, where there is no device access at all. */
  readonly access: DeviceAccess | MediaFailure;
  readonly clock: Pick<Clock, "now" | "after">;
  /** How long to wait before a device is tried once more. */
  readonly pause?: ((ms: number) => Promise<void>) | undefined;
  /** Called with every new state; `track` is what the slot carries from now on. */
  readonly changed: (state: SourceState, track: MediaStreamTrack | null) => void;
}

/**
 * A track that ends within so many ms was taken from us; one that lived longer was interrupted, as
 * by a sleep.
 */
const takenMs = 5_000;
/** A device that takes longer hangs, unless the browser is asking the person. */
const hangMs = 10_000;

const loadRescue = () => lateImport(() => import("./device_rescue.ts"));

/** Holds one camera or one microphone, or the reason why there is none. */
export class DeviceSource {
  readonly #options: DeviceSourceOptions;
  #state: SourceState = { kind: "off" };
  /** Stays while another device is being opened: a frozen picture is better than a black one. */
  #track: MediaStreamTrack | null = null;
  #listening = new AbortController();
  #constraints: MediaTrackConstraints;
  #turn = 0;
  #since = 0;

  constructor(options: DeviceSourceOptions) {
    this.#options = options;
    this.#constraints = options.constraints;
  }

  get state(): SourceState {
    return this.#state;
  }

  /** Starts, or changes the device or its constraints. Resolves with the state it led to. */
  async start(
    choice: DeviceChoice,
    constraints: MediaTrackConstraints = this.#constraints,
  ): Promise<SourceState> {
    this.#constraints = constraints;
    const turn = ++this.#turn;
    // First let go: phones and some cameras cannot be opened twice.
    this.#release();
    this.#become({ kind: "starting" });
    const captured = await this.#open(choice, () => turn === this.#turn);
    const track = captured.ok ? captured.tracks[0] : undefined;
    if (turn !== this.#turn) {
      track?.stop();
      return this.#state;
    }
    if (track !== undefined) this.#use(track, captured.insteadOf);
    else this.#fail(captured.ok ? "missing" : captured.failure);
    return this.#state;
  }

  stop(): void {
    this.#turn++;
    this.#release();
    this.#track = null;
    if (this.#state.kind !== "off") this.#become({ kind: "off" });
  }

  #release(): void {
    this.#listening.abort();
    this.#track?.stop();
  }

  #use(track: MediaStreamTrack, insteadOf?: string): void {
    this.#track = track;
    this.#since = this.#options.clock.now();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    track.addEventListener("ended", () => void this.#ended(track), { signal });
    const { deviceId = "" } = track.getSettings();
    this.#become({ kind: "on", track, deviceId, ...insteadOf !== undefined && { insteadOf } });
  }

  #fail(failure: MediaFailure): void {
    this.#track = null;
    this.#become({ kind: "failed", failure });
  }

  /**
   * Unplugged: another device may do. Still there: it is asked for once more, but not again and
   * again.
   */
  async #ended(track: MediaStreamTrack): Promise<void> {
    if (track !== this.#track || this.#state.kind !== "on") return;
    const turn = ++this.#turn;
    const { deviceId } = this.#state;
    const taken = this.#options.clock.now() - this.#since < takenMs;
    const devices = await this.#devices();
    if (turn !== this.#turn) return;
    const isThere = devices.some((device) => device.deviceId === deviceId);
    if (isThere && taken) this.#fail("denied");
    else await this.start(isThere ? { deviceId } : {});
  }

  async #open(choice: DeviceChoice, isWanted: () => boolean): Promise<Rescued> {
    const { deviceId, label } = choice;
    const captured: Captured = deviceId || !label
      ? await this.#capture(deviceId || undefined)
      : { ok: false, failure: "missing" };
    if (captured.ok || !isWanted()) return captured;
    const { failure, hangs } = captured;
    const isGone = failure === "missing" && (deviceId || label);
    if (!isGone && failure !== "busy" && failure !== "unknown") return captured;
    const late = await loadRescue();
    return late.rescue({
      failure,
      hangs,
      choice,
      devices: () => this.#devices(),
      capture: (deviceId) => this.#capture(deviceId),
      isWanted,
      pause: this.#options.pause ?? late.pause,
    });
  }

  #capture(deviceId?: string): Promise<Captured> {
    const { access, kind, clock } = this.#options;
    const constraints = this.#constraints;
    if (typeof access === "string") return Promise.resolve({ ok: false, failure: access });
    const wanted = deviceId === undefined
      ? constraints
      : { ...constraints, deviceId: { exact: deviceId } };
    return new Promise((resolve) => {
      let isOver = false;
      const giveUp = clock.after(hangMs, async () => {
        if (!await (await loadRescue()).isAllowed(kind)) return;
        isOver = true;
        resolve({ ok: false, failure: "busy", hangs: true });
      });
      void capture(() => access.getUserMedia({ [kind]: wanted })).then((captured) => {
        giveUp();
        if (isOver && captured.ok) captured.tracks.forEach((track) => track.stop());
        resolve(captured);
      });
    });
  }

  async #devices(): Promise<MediaDeviceInfo[]> {
    const { access, kind } = this.#options;
    if (typeof access === "string") return [];
    try {
      return (await access.enumerateDevices()).filter((device) => device.kind === `${kind}input`);
    } catch {
      return [];
    }
  }

  #become(state: SourceState): void {
    this.#state = state;
    this.#options.changed(state, this.#track);
  }
}
