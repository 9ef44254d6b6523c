/**
 * Assembles recorded tracks into one film to watch: a grid that follows who speaks, and all voices.
 * Invariants:
 * 1 It works second by second, so its memory does not grow with the length of the recording.
 * 2 A track that cannot be read is left out.
 */
import {
  AudioSample,
  AudioSampleSource,
  CanvasSource,
  getFirstEncodableAudioCodec,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import type { DiskFile } from "../../disk/disk_file.ts";
import type { RecordedTrack } from "../recorded_track.ts";
import { targetOf } from "./file_target.ts";
import { filmSize } from "./film_layout.ts";
import { FilmPainter } from "./film_painter.ts";
import { SpeakerWatch } from "./speaker_watch.ts";
import {
  type OpenTrack,
  openTrack,
  PictureReader,
  soundRate,
  SoundReader,
} from "./track_reader.ts";

/** What a film is made of. */
export interface FilmOptions {
  readonly tracks: readonly RecordedTrack[];
  /** Makes the file; `extension`: "mp4" or "webm". */
  readonly open: (extension: string) => Promise<DiskFile>;
  /** Called with the share that is done, 0 to 1. */
  readonly progress: (done: number) => void;
  /** Ends it early; the file then stays empty. */
  readonly signal: AbortSignal;
}

/** Pictures per second. */
const rate = 20;
const videoBits = 3_000_000;
const audioBits = 128_000;

/** Writes the film. Rejects if nothing can be read, the browser cannot encode, or it is ended. */
export async function makeFilm(options: FilmOptions): Promise<void> {
  const zero = Math.min(...options.tracks.map(({ at }) => at));
  const opened = await Promise.all(options.tracks.map((track) => openTrack(track, zero)));
  const tracks = opened.filter((track) => track !== undefined);
  try {
    await writeFilm(tracks, options);
  } finally {
    for (const { input } of tracks) input.dispose();
  }
}

async function writeFilm(tracks: readonly OpenTrack[], options: FilmOptions): Promise<void> {
  const { signal, progress } = options;
  const pictures = await readersOf(tracks, PictureReader);
  const sounds = await readersOf(tracks, SoundReader);
  const length = Math.max(0, ...[...pictures, ...sounds].map(({ open }) => open.end));
  if (length === 0) throw new Error("the recording has no track that this browser can read");
  const film = await openFilm(options);
  const painter = new FilmPainter(film.canvas, { tracks, pictures });
  const speakers = new SpeakerWatch();
  try {
    for (let second = 0; second < length; second++) {
      signal.throwIfAborted();
      const mix = new Float32Array(soundRate);
      const levels = new Map<string, number>();
      for (const sound of sounds) {
        const level = await sound.addTo(mix, second);
        const { slot, owner } = sound.open.track;
        // A person may have several tracks, one after the other.
        if (slot === "microphone") levels.set(owner, Math.max(level, levels.get(owner) ?? 0));
      }
      speakers.hear(levels, second);
      await film.addSound(mix, second);
      for (let index = 0; index < rate; index++) {
        const at = second + index / rate;
        if (at >= length) break;
        await painter.paint(at, speakers.speaker);
        await film.addPicture(at);
      }
      progress(Math.min(1, (second + 1) / length));
    }
    await film.finish();
  } catch (error) {
    await film.cancel();
    throw error;
  } finally {
    for (const reader of [...pictures, ...sounds]) reader.close();
  }
}

async function readersOf<Reader>(
  tracks: readonly OpenTrack[],
  make: { of(track: OpenTrack): Promise<Reader | undefined> },
): Promise<Reader[]> {
  const readers = await Promise.all(tracks.map((track) => make.of(track)));
  return readers.filter((reader) => reader !== undefined);
}

async function openFilm({ open }: FilmOptions) {
  const videoCodec = await getFirstEncodableVideoCodec(["avc", "vp8", "vp9", "av1"], filmSize);
  const audioCodec = await getFirstEncodableAudioCodec(
    videoCodec === "avc" ? ["aac", "opus"] : ["opus"],
    { numberOfChannels: 1, sampleRate: soundRate },
  );
  if (videoCodec === null || audioCodec === null) throw new Error("this browser cannot encode");
  const isMp4 = videoCodec === "avc";
  const file = await open(isMp4 ? "mp4" : "webm");
  const canvas = new OffscreenCanvas(filmSize.width, filmSize.height);
  const picture = new CanvasSource(canvas, { codec: videoCodec, bitrate: videoBits });
  const sound = new AudioSampleSource({ codec: audioCodec, bitrate: audioBits });
  const output = new Output({
    format: isMp4 ? new Mp4OutputFormat() : new WebMOutputFormat(),
    target: targetOf(file),
  });
  output.addVideoTrack(picture, { frameRate: rate });
  output.addAudioTrack(sound);
  await output.start();
  return {
    canvas,
    addPicture: (second: number) => picture.add(second, 1 / rate),
    addSound: async (mix: Float32Array<ArrayBuffer>, second: number) => {
      const sample = new AudioSample({
        data: mix.map((value) => Math.max(-1, Math.min(1, value))),
        format: "f32-planar",
        numberOfChannels: 1,
        sampleRate: soundRate,
        timestamp: second,
      });
      await sound.add(sample);
      sample.close();
    },
    finish: () => output.finalize(),
    cancel: async () => {
      await output.cancel().catch(() => {});
      await file.abort();
    },
  };
}
