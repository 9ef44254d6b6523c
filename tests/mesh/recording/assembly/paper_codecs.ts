// Codecs of a browser that do nothing but count: how much of their media is open at once.

/** What is open now and the most that was, by kind. */
export class OpenMedia {
  #now = 0;
  most = 0;

  add(): void {
    this.most = Math.max(this.most, ++this.#now);
  }

  remove(): void {
    this.#now--;
  }

  get now(): number {
    return this.#now;
  }
}

/** µs, as in WebCodecs. */
interface Timed {
  readonly timestamp: number;
  readonly duration?: number;
}

interface Chunk extends Timed {
  readonly type: string;
  readonly byteLength: number;
}

interface Outputs {
  readonly output: (made: unknown, metadata?: unknown) => void;
  readonly error: (error: unknown) => void;
}

/** Bytes of each encoded picture. */
export const pictureBytes = 2_000;

/** Samples of each piece of sound: 60 ms. */
const soundFrames = 2_880;

/** Of the present test. */
let media = new OpenMedia();

class Closable {
  readonly timestamp: number;
  readonly duration: number;
  #isOpen = true;

  constructor({ timestamp, duration = 0 }: Timed) {
    this.timestamp = timestamp;
    this.duration = duration;
    media.add();
  }

  close(): void {
    if (this.#isOpen) media.remove();
    this.#isOpen = false;
  }
}

class VideoFrame extends Closable {
  readonly displayWidth = 320;
  readonly displayHeight = 180;
  readonly codedWidth = 320;
  readonly codedHeight = 180;
  readonly visibleRect = { x: 0, y: 0, width: 320, height: 180 };
  readonly format = "I420";
  readonly colorSpace = { toJSON: () => ({}) };

  constructor(_source: unknown, timed: Timed) {
    super(timed);
  }

  clone(): VideoFrame {
    return new VideoFrame(undefined, this);
  }
}

class AudioData extends Closable {
  readonly numberOfChannels = 1;
  readonly numberOfFrames: number;
  readonly sampleRate = 48_000;
  readonly format = "f32-planar";

  constructor(timed: Timed & { readonly numberOfFrames?: number }) {
    super(timed);
    this.numberOfFrames = timed.numberOfFrames ?? soundFrames;
  }

  allocationSize(): number {
    return 4 * this.numberOfFrames;
  }

  /** Each piece begins with one loud sample. */
  copyTo(plane: Float32Array): void {
    plane.fill(0)[0] = 1;
  }

  clone(): AudioData {
    return new AudioData(this);
  }
}

class EncodedChunk implements Chunk {
  readonly type: string;
  readonly timestamp: number;
  readonly duration: number;
  readonly byteLength: number;

  constructor({ type, timestamp, duration = 0, data }: Timed & {
    readonly type: string;
    readonly data: Uint8Array;
  }) {
    this.type = type;
    this.timestamp = timestamp;
    this.duration = duration;
    this.byteLength = data.byteLength;
  }

  copyTo(target: Uint8Array): void {
    target.fill(0);
  }
}
class EncodedVideoChunk extends EncodedChunk {}
class EncodedAudioChunk extends EncodedChunk {}

class Codec extends EventTarget {
  state = "unconfigured";
  decodeQueueSize = 0;
  encodeQueueSize = 0;
  readonly outputs: Outputs;
  config: object = {};
  #work: Promise<void> = Promise.resolve();

  constructor(outputs: Outputs) {
    super();
    this.outputs = outputs;
  }

  static isConfigSupported(config: { readonly codec: string }) {
    return Promise.resolve({ supported: /^(vp8|opus)/.test(config.codec), config });
  }

  configure(config: object): void {
    this.config = config;
    this.state = "configured";
  }

  /** As a browser: later, one after the other. */
  later(make: () => void): void {
    this.decodeQueueSize = ++this.encodeQueueSize;
    this.#work = this.#work.then(() => {
      this.decodeQueueSize = --this.encodeQueueSize;
      if (this.state !== "closed") make();
      this.dispatchEvent(new Event("dequeue"));
    });
  }

  async flush(): Promise<void> {
    await this.#work;
  }

  close(): void {
    this.state = "closed";
  }
}

class VideoDecoder extends Codec {
  decode(chunk: Chunk): void {
    this.later(() => this.outputs.output(new VideoFrame(undefined, chunk)));
  }
}
class AudioDecoder extends Codec {
  decode(chunk: Chunk): void {
    this.later(() => this.outputs.output(new AudioData(chunk)));
  }
}

class VideoEncoder extends Codec {
  encode({ timestamp, duration }: Timed, { keyFrame = false } = {}): void {
    const type = keyFrame ? "key" : "delta";
    const chunk = new EncodedVideoChunk({
      type,
      timestamp,
      duration,
      data: new Uint8Array(pictureBytes),
    });
    const decoderConfig = { codec: "vp8", codedWidth: 1280, codedHeight: 720 };
    this.later(() => this.outputs.output(chunk, { decoderConfig }));
  }
}
class AudioEncoder extends Codec {
  encode({ timestamp, duration }: Timed): void {
    const chunk = new EncodedAudioChunk({
      type: "key",
      timestamp,
      duration: duration || 1_000_000,
      data: new Uint8Array(400),
    });
    const decoderConfig = { codec: "opus", numberOfChannels: 1, sampleRate: 48_000 };
    this.later(() => this.outputs.output(chunk, { decoderConfig }));
  }
}

class OffscreenCanvas {
  constructor(readonly width: number, readonly height: number) {}

  getContext(): object {
    return new Proxy({}, {
      get: (_, name) => name === "measureText" ? () => ({ width: 50 }) : () => {},
      set: () => true,
    });
  }
}

/**
 * Puts codecs for VP8 and Opus into the global scope; disposing removes them. `media`: pictures and
 * pieces of sound that are not closed.
 */
export function paperCodecs(): Disposable & { readonly media: OpenMedia } {
  media = new OpenMedia();
  const scope = {
    ...{ VideoFrame, AudioData, EncodedVideoChunk, EncodedAudioChunk, OffscreenCanvas },
    ...{ VideoDecoder, AudioDecoder, VideoEncoder, AudioEncoder },
  };
  Object.assign(globalThis, scope);
  return {
    media,
    [Symbol.dispose]() {
      for (const name of Object.keys(scope)) Reflect.deleteProperty(globalThis, name);
    },
  };
}
