/**
 * Processes the pictures of a camera in a worker: camera track in, processed track out. Invariants:
 * 1 The processed track has no picture that was not treated; with blur, none comes if it fails.
 * 2 Each camera track has at most one worker, which ends with it.
 */
import { browserClock } from "../../clock.ts";
import { lateImport } from "../../late_import.ts";
import { actAsDevice } from "../device_track.ts";
import { startModuleWorker } from "./worker_address.ts";
import { type Pictures, sendPictures } from "./pictures.ts";
import { blurByPlatform, isPlatformBlurred } from "./platform_blur.ts";
import type { PictureOrder, PictureReport, StopReason, Treatment } from "./treatment.ts";

/**
 * `treatment`: of the pictures of this camera, asked again at refresh(). `onStopped`: the processed
 * track brings no more pictures; the camera is still on.
 */
export interface PictureProcessOptions {
  readonly treatment: (deviceId: string) => Treatment;
  readonly onStopped: (why: StopReason) => void;
}

interface Running {
  readonly device: MediaStreamTrack;
  readonly worker: Worker;
  /** The system blurs, not the worker. */
  readonly isBlurred: boolean;
  /** The worker can blur. */
  readonly blurs: boolean;
}

/** The longest wait for the first picture, ms; some cameras bring none while they are covered. */
const patienceMs = 5_000;

const loadTurn = () => import("./turn_worker.ts");
const loadBlur = () => import("./blur_worker.ts");

/** For `LocalMedia.setProcess("camera", …)`. */
export class PictureProcess {
  readonly #options: PictureProcessOptions;
  #running: Running | undefined;

  constructor(options: PictureProcessOptions) {
    this.#options = options;
  }

  /** Resolves with the processed track, or with `device` if there is nothing to do. */
  readonly process = async (device: MediaStreamTrack): Promise<MediaStreamTrack> => {
    const { turn, blur } = this.#treatmentOf(device);
    const isBlurred = blur !== "off" && await blurByPlatform(device);
    if (isBlurred) this.#watchPlatform(device);
    if (turn === 0 && (blur === "off" || isBlurred)) return device;
    try {
      return await this.#start(device, isBlurred);
    } catch {
      // Not turned is better than no picture, but not blurred is worse.
      if (blur !== "off" && !isBlurred) this.#stop(device, "broken");
      return device;
    }
  };

  /** Treats pictures from now on as `treatment` says; false if the camera must start again. */
  refresh(): boolean {
    const running = this.#running;
    if (running === undefined) return false;
    const { turn, blur } = this.#treatmentOf(running.device);
    const isLive = blur === "off"
      ? turn !== 0 && !running.isBlurred && !running.blurs
      : running.isBlurred
      ? turn !== 0
      : running.blurs;
    if (isLive) order(running.worker, { kind: "treatment", treatment: this.#left(running) });
    return isLive;
  }

  async #start(device: MediaStreamTrack, isBlurred: boolean): Promise<MediaStreamTrack> {
    const blurs = !isBlurred && this.#treatmentOf(device).blur !== "off";
    const { address } = await lateImport(blurs ? loadBlur : loadTurn);
    const worker = startModuleWorker(address);
    const running = { device, worker, isBlurred, blurs };
    order(worker, { kind: "treatment", treatment: this.#left(running) });
    const pictures = sendPictures(device, worker);
    const end = () => {
      worker.terminate();
      pictures.close();
      if (this.#running === running) this.#running = undefined;
    };
    try {
      await firstPicture(worker, pictures);
    } catch (error) {
      end();
      throw error;
    }
    this.#running = running;
    watch({ worker, pictures }, (why) => this.#options.onStopped(why));
    return actAsDevice(pictures.made, {
      device,
      settings: () => sizeOf(device, this.#treatmentOf(device)),
      release: end,
    });
  }

  /** What the worker has to do. */
  #left({ device, isBlurred }: Running): Treatment {
    const treatment = this.#treatmentOf(device);
    return isBlurred ? { ...treatment, blur: "off" } : treatment;
  }

  #treatmentOf(device: MediaStreamTrack): Treatment {
    return this.#options.treatment(device.getSettings().deviceId ?? "");
  }

  #watchPlatform(device: MediaStreamTrack): void {
    device.addEventListener("configurationchange", () => {
      const isWanted = this.#treatmentOf(device).blur !== "off";
      if (isWanted && !isPlatformBlurred(device)) this.#stop(device, "broken");
    });
  }

  /** The device itself is the picture that others get: it becomes black. */
  #stop(device: MediaStreamTrack, why: StopReason): void {
    device.enabled = false;
    this.#options.onStopped(why);
  }
}

function order(worker: Worker, order: PictureOrder): void {
  worker.postMessage(order);
}

interface Shop {
  readonly worker: Worker;
  readonly pictures: Pictures;
}

/** Calls `onStopped` once if no picture comes any longer. */
function watch({ worker, pictures }: Shop, onStopped: (why: StopReason) => void): void {
  let isOver = false;
  const stop = (why: StopReason) => {
    if (!isOver) onStopped(why);
    isOver = true;
  };
  worker.onmessage = ({ data }: MessageEvent<PictureReport>) => {
    if (data.kind === "answer") pictures.receive(data.bitmap);
    if (data.kind === "strained") stop("strained");
  };
  worker.onerror = () => stop("broken");
}

/** Resolves with the first picture, or when none came in time; rejects if the worker fails. */
function firstPicture(worker: Worker, pictures: Pictures): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      cancel();
      settle();
    };
    const cancel = browserClock.after(patienceMs, resolve);
    worker.onmessage = ({ data }: MessageEvent<PictureReport>) => {
      if (data.kind === "answer") pictures.receive(data.bitmap);
      if (data.kind === "first") done(resolve);
    };
    worker.onerror = ({ message }) => done(() => reject(new Error(`worker: ${message}`)));
  });
}

/** Width and height of the device's pictures once they are turned. */
function sizeOf(device: MediaStreamTrack, { turn }: Treatment): MediaTrackSettings {
  const { width, height, aspectRatio } = device.getSettings();
  if (turn % 180 === 0 || width === undefined || height === undefined) return {};
  return { width: height, height: width, ...aspectRatio && { aspectRatio: 1 / aspectRatio } };
}
