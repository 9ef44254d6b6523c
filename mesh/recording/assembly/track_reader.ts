/**
 * Reads recorded tracks along the time of a film, in seconds from its start. Invariant: a reader
 * holds one picture, or the sound of a moment, however long its track is.
 */
import { AudioSample, BlobSource, Input, type InputAudioTrack, MP4, OGG, WEBM } from "mediabunny";
import type { RecordedTrack } from "../recorded_track.ts";
import { picturesOf, soundsOf } from "./media_decoder.ts";

/** Samples per second of a film's sound. */
export const soundRate = 48_000;

/** A recorded track, opened. `start`: seconds from the start of the film. */
export interface OpenTrack {
  readonly track: RecordedTrack;
  readonly start: number;
  /** Where it ends, seconds from the start of the film. */
  readonly end: number;
  readonly input: Input;
}

/** Opens a track; undefined: nothing in it can be read. `zero`: ms by the recorder's clock. */
export async function openTrack(
  track: RecordedTrack,
  zero: number,
): Promise<OpenTrack | undefined> {
  const input = new Input({ source: new BlobSource(track.content), formats: [WEBM, MP4, OGG] });
  try {
    const start = (track.at - zero) / 1000;
    const length = Math.max(await input.computeDuration(), track.lasted / 1000);
    return { track, start, end: start + length, input };
  } catch {
    input.dispose();
    return undefined;
  }
}

/** The pictures of one track. */
export class PictureReader {
  readonly open: OpenTrack;
  readonly #samples: AsyncIterator<VideoFrame>;
  #shown: VideoFrame | undefined;
  #next: VideoFrame | undefined;
  #isOver = false;

  private constructor(open: OpenTrack, samples: AsyncIterator<VideoFrame>) {
    this.open = open;
    this.#samples = samples;
  }

  /** Undefined: this browser cannot decode it. */
  static async of(open: OpenTrack): Promise<PictureReader | undefined> {
    const track = await open.input.getPrimaryVideoTrack();
    if (track === null || !await track.canDecode()) return undefined;
    return new PictureReader(open, picturesOf(track));
  }

  /** The picture at a second of the film; undefined before the first and after the last one. */
  async at(second: number): Promise<VideoFrame | undefined> {
    const { start, end } = this.open;
    const own = second - start;
    if (own < 0) return undefined;
    if (second >= end) return this.close();
    while (!this.#isOver) {
      this.#next ??= await this.#read();
      if (this.#next === undefined || this.#next.timestamp > own * 1_000_000) break;
      this.#shown?.close();
      this.#shown = this.#next;
      this.#next = undefined;
    }
    return this.#shown;
  }

  /** Frees its pictures. */
  close(): undefined {
    if (!this.#isOver) void this.#samples.return?.();
    this.#isOver = true;
    this.#shown?.close();
    this.#next?.close();
    this.#shown = this.#next = undefined;
  }

  /** What cannot be decoded ends the pictures; the last one stays. */
  async #read(): Promise<VideoFrame | undefined> {
    const next = await this.#samples.next().catch(() => undefined);
    return next?.done === false ? next.value : undefined;
  }
}

/** The sound of one track, mono, at `soundRate`. */
export class SoundReader {
  readonly open: OpenTrack;
  readonly #samples: AsyncIterator<Sound>;
  #next: Sound | undefined;
  #isOver = false;

  private constructor(open: OpenTrack, samples: AsyncIterator<Sound>) {
    this.open = open;
    this.#samples = samples;
  }

  /** Undefined: this browser cannot decode it. */
  static async of(open: OpenTrack): Promise<SoundReader | undefined> {
    const track = await open.input.getPrimaryAudioTrack();
    if (track === null || !await track.canDecode()) return undefined;
    return new SoundReader(open, placedSounds(track));
  }

  /**
   * Adds its sound to `mix`, which begins at `second` of the film. Returns the root mean square of
   * what it added.
   */
  async addTo(mix: Float32Array, second: number): Promise<number> {
    const begin = Math.round((second - this.open.start) * soundRate);
    let power = 0;
    while (!this.#isOver) {
      this.#next ??= await this.#read();
      if (this.#next === undefined || this.#next.from >= begin + mix.length) break;
      const { from, values } = this.#next;
      for (let index = Math.max(0, begin - from); index < values.length; index++) {
        const place = from + index - begin;
        if (place >= mix.length) break;
        const value = values[index] ?? 0;
        mix[place] = (mix[place] ?? 0) + value;
        power += value * value;
      }
      // The rest belongs to the next moment.
      if (from + values.length > begin + mix.length) break;
      this.#next = undefined;
    }
    return Math.sqrt(power / mix.length);
  }

  /** Frees what it has read. */
  close(): void {
    if (!this.#isOver) void this.#samples.return?.();
    this.#isOver = true;
    this.#next = undefined;
  }

  async #read(): Promise<Sound | undefined> {
    const next = await this.#samples.next().catch(() => undefined);
    if (next?.done === false) return next.value;
    this.#isOver = true;
    return undefined;
  }
}

/** `from`: its place in the track, in samples. */
interface Sound {
  readonly from: number;
  readonly values: Float32Array;
}

/**
 * Seconds by which sound may be out of its time before it is moved. The times of packets are that
 * inexact; sound that was moved for each would crackle.
 */
const lateMost = 0.02;

async function* placedSounds(track: InputAudioTrack): AsyncGenerator<Sound> {
  let end = -Infinity;
  for await (const data of soundsOf(track)) {
    const sample = new AudioSample(data);
    const values = monoOf(sample);
    const own = Math.round(sample.timestamp * soundRate);
    sample.close();
    const from = Math.abs(own - end) > lateMost * soundRate ? own : end;
    end = from + values.length;
    yield { from, values };
  }
}

function monoOf(sample: AudioSample): Float32Array {
  const { numberOfChannels, numberOfFrames, sampleRate } = sample;
  const channels = Array.from({ length: numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(numberOfFrames);
    sample.copyTo(plane, { planeIndex, format: "f32-planar" });
    return plane;
  });
  const length = Math.round(numberOfFrames * soundRate / sampleRate);
  return Float32Array.from({ length }, (_, index) => {
    const place = Math.min(Math.floor(index * sampleRate / soundRate), numberOfFrames - 1);
    const sum = channels.reduce((all, plane) => all + (plane[place] ?? 0), 0);
    return sum / numberOfChannels;
  });
}
