/**
 * Removes noise from the own microphone, more thoroughly than browsers do. Invariants:
 * 1 A microphone is never lost to it: while the filter cannot run, the unfiltered track is used.
 * 2 It asks to be given the track again only after something has changed.
 * 3 Of one microphone there is one context, and none after its end.
 */
import { attempt } from "../../../protocol/attempt.ts";
import { lateImport } from "../../late_import.ts";
import { actAsDevice } from "../device_track.ts";

/**
 * What the filter does with the present track. `waits`: it is unfiltered until the person presses
 * something, because browsers let no page process sound before; `impossible`: it stays unfiltered.
 */
export type NoiseState = "off" | "on" | "waits" | "impossible";

/** What the filter tells. */
export interface NoiseFilterOptions {
  readonly changed: (state: NoiseState) => void;
  /** The machine is too slow for it. */
  readonly strained: () => void;
  /** The track should be processed again, as the filter can run now, or can no longer run. */
  readonly again: () => void;
}

/** RNNoise was made for 48 kHz; with 44.1 kHz it hears every voice a little higher. */
const wantedRate = 48_000;
const leastRate = 44_100;
/** How long a context may take to run; one that waits for the person takes forever. ms. */
const startMs = 500;
/** How long the person goes unheard while the filter loads, ms. */
const loadMs = 3_000;

/** The noise filter of a page; one microphone at a time. */
export class NoiseFilter {
  readonly #options: NoiseFilterOptions;
  /** Ends the wait for a press of the person. */
  #stopWaiting = () => {};

  constructor(options: NoiseFilterOptions) {
    this.#options = options;
  }

  /** The filtered track, which behaves like the device's; or the same track. Never rejects. */
  async process(device: MediaStreamTrack): Promise<MediaStreamTrack> {
    const track = await this.#filter(device);
    // It has ended meanwhile, when nobody listened yet.
    if (device.readyState === "ended") {
      setTimeout(() => track.dispatchEvent(new Event("ended")));
    }
    return track;
  }

  async #filter(device: MediaStreamTrack): Promise<MediaStreamTrack> {
    this.#stopWaiting();
    let opened: Opened | undefined;
    try {
      opened = openContext(device);
      const { context } = opened;
      const [worklet, isRunning] = await Promise.all([this.#load(), runs(context)]);
      if (worklet === undefined || !isRunning) {
        if (isRunning) void attempt(() => context.close());
        else this.#waitFor(context);
        this.#options.changed("waits");
        return device;
      }
      await context.audioWorklet.addModule(worklet.address);
      const track = this.#connect({ ...opened, device, worklet });
      this.#keepRunning(context);
      this.#options.changed("on");
      return track;
    } catch {
      void attempt(() => opened?.context.close());
      this.#options.changed("impossible");
      return device;
    }
  }

  /** No track is processed any longer. */
  close(): void {
    this.#stopWaiting();
    this.#options.changed("off");
  }

  /** The worklet's module; undefined if it does not come soon: then asks again once it is there. */
  async #load(): Promise<Worklet | undefined> {
    const loading = lateImport(() => import("./noise_worklet.ts"));
    const loaded = await Promise.race([loading, pause(loadMs)]);
    if (loaded === undefined) void loading.then(() => this.#options.again());
    return loaded;
  }

  /** Asks for the track again after a press has made the context run. */
  #waitFor(context: AudioContext): void {
    // Of a microphone that was replaced before it could be processed.
    this.#stopWaiting();
    const waiting = new AbortController();
    const { signal } = waiting;
    this.#stopWaiting = () => {
      waiting.abort();
      void attempt(() => context.close());
    };
    const resume = () => void attempt(() => context.resume());
    for (const type of ["pointerup", "keydown"]) addEventListener(type, resume, { signal });
    context.addEventListener("statechange", () => {
      if (context.state !== "running") return;
      this.#stopWaiting();
      this.#options.again();
    }, { signal });
  }

  #connect({ context, source, device, worklet }: Opened & {
    readonly device: MediaStreamTrack;
    readonly worklet: Worklet;
  }): MediaStreamTrack {
    const node = new AudioWorkletNode(context, worklet.processorName, {
      channelCount: 1,
      channelCountMode: "explicit",
      outputChannelCount: [1],
    });
    node.port.onmessage = ({ data }) => {
      if (data === worklet.strainedMessage) this.#options.strained();
    };
    const target = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    source.connect(node).connect(target);
    const [track] = target.stream.getAudioTracks();
    if (track === undefined) throw new Error("the context gives no track");
    const release = () => {
      source.disconnect();
      node.port.close();
      void attempt(() => context.close());
    };
    return actAsDevice(track, { device, release });
  }

  /** A phone call stops contexts; one that does not come back would be silence. */
  #keepRunning(context: AudioContext): void {
    context.addEventListener("statechange", async () => {
      if (context.state === "running" || context.state === "closed") return;
      if (await runs(context) || isClosed(context)) return;
      this.#options.again();
    });
  }
}

type Worklet = typeof import("./noise_worklet.ts");

/** A context that has the sound of a device. */
interface Opened {
  readonly context: AudioContext;
  readonly source: AudioNode;
}

function openContext(device: MediaStreamTrack): Opened {
  const stream = new MediaStream([device]);
  const wanted = new AudioContext({ sampleRate: wantedRate });
  try {
    return { context: wanted, source: wanted.createMediaStreamSource(stream) };
  } catch {
    // Firefox does not resample a microphone.
    void attempt(() => wanted.close());
  }
  const context = new AudioContext();
  if (context.sampleRate < leastRate || context.sampleRate > wantedRate) {
    void attempt(() => context.close());
    throw new Error(`noise cannot be removed at ${context.sampleRate} Hz`);
  }
  return { context, source: context.createMediaStreamSource(stream) };
}

/** Whether the context runs, soon. */
async function runs(context: AudioContext): Promise<boolean> {
  void attempt(() => context.resume());
  const running = new Promise<void>((resolve) => {
    const look = () => {
      if (context.state === "running") resolve();
    };
    look();
    context.addEventListener("statechange", look);
  });
  await Promise.race([running, pause(startMs)]);
  return context.state === "running";
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resume) => setTimeout(resume, ms));
}

/** A function, as the compiler takes the state for unchanged over an await. */
function isClosed(context: AudioContext): boolean {
  return context.state === "closed";
}
