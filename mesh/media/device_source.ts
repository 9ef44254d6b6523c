/**
 * One camera or one microphone. Invariants:
 * 1 The newest request wins: a track that an older one still brings is stopped at once.
 * 2 A track that this source has not reported, or has replaced, is stopped.
 * 3 `ended` leads to at most one start, and a start to a few requests (device_rescue.ts), so that
 *   a faulty device does not make the page ask without end.
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
    /** The label of the chosen device, which does not start; "" if it is unknown. */
    readonly insteadOf?: string;
  }
  | { readonly kind: "failed"; readonly failure: MediaFailure };

/**
 * Which device to use: by id, else by label (ids change when a person clears the site's data), else
 * the browser's choice.
 */
export interface DeviceChoice {
  readonly deviceId?: string;
  readonly label?: string;
}

/**
 * What becomes of a device's track before anybody gets it. The result behaves as the device does:
 * `stop()` stops it, `ended` tells its end, `getSettings()` names it. Never rejects.
 */
export type Process = (track: MediaStreamTrack) => Promise<MediaStreamTrack>;

interface DeviceSourceOptions {
  readonly kind: "video" | "audio";
  readonly constraints: MediaTrackConstraints;
  /** The devices, or the reason why the page has no access to any. */
  readonly access: DeviceAccess | MediaFailure;
  readonly clock: Pick<Clock, "now" | "after">;
  /** Waits before a device is tried again; by default by the browser's timer. */
  readonly pause?: ((ms: number) => Promise<void>) | undefined;
  /** Called with each new state; `track` is what the slot sends from now on. */
  readonly changed: (state: SourceState, track: MediaStreamTrack | null) => void;
}

/**
 * A track that ends within this time was taken by the person, the system or another program; one
 * that lived longer was interrupted, for example by sleep. ms.
 */
const takenMs = 5_000;
/** A device that takes longer hangs, unless the browser is asking the person. ms. */
const hangMs = 10_000;

const loadRescue = () => lateImport(() => import("./device_rescue.ts"));

/** One camera or one microphone, or the reason why there is none. */
export class DeviceSource {
  /** For the tracks of later starts; undefined: they stay as they are. */
  process: Process | undefined;
  readonly #options: DeviceSourceOptions;
  #state: SourceState = { kind: "off" };
  /** Stays while another device opens: a frozen picture is better than a black one. */
  #track: MediaStreamTrack | null = null;
  /** The device's own track, while it is processed. */
  #raw: MediaStreamTrack | undefined;
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

  /** Starts, or changes the device or its constraints. Resolves with the resulting state. */
  async start(
    choice: DeviceChoice,
    constraints: MediaTrackConstraints = this.#constraints,
  ): Promise<SourceState> {
    this.#constraints = constraints;
    const turn = ++this.#turn;
    // Release it first: phones and some cameras cannot be opened twice.
    this.#release();
    this.#become({ kind: "starting" });
    const captured = await this.#open(choice, () => turn === this.#turn);
    let track = captured.ok ? captured.tracks[0] : undefined;
    if (track && this.process && turn === this.#turn) {
      this.#raw = track;
      track = await this.process(track);
    }
    if (turn !== this.#turn) {
      track?.stop();
      return this.#state;
    }
    this.#raw = undefined;
    if (track !== undefined) this.#use(track, captured.insteadOf);
    else this.#fail(captured.ok ? "missing" : captured.failure);
    return this.#state;
  }

  /** Turns the device off. A start that is under way is cancelled. */
  stop(): void {
    this.#turn++;
    this.#release();
    this.#track = null;
    if (this.#state.kind !== "off") this.#become({ kind: "off" });
  }

  #release(): void {
    this.#listening.abort();
    this.#track?.stop();
    // Processing may wait for code that does not come.
    this.#raw?.stop();
    this.#raw = undefined;
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
   * An unplugged device is replaced by another one. One that is still listed is started again,
   * unless it was taken right after its start.
   */
  async #ended(track: MediaStreamTrack): Promise<void> {
    if (track !== this.#track || this.#state.kind !== "on") return;
    const turn = ++this.#turn;
    const { deviceId } = this.#state;
    const isTaken = this.#options.clock.now() - this.#since < takenMs;
    const devices = await this.#devices();
    const isListed = devices.some((device) => device.deviceId === deviceId);
    const failure = isListed && isTaken && (await this.#isAllowed() ? "busy" : "denied");
    if (turn !== this.#turn) return;
    if (failure) this.#fail(failure);
    else await this.start(isListed ? { deviceId } : {});
  }

  async #isAllowed(): Promise<boolean> {
    return (await loadRescue()).isAllowed(this.#options.kind);
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
        if (!await this.#isAllowed()) return;
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
