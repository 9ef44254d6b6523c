// Tracks of a recording with media that has times and sizes, but shows and sounds nothing.

import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import type { RecordedTrack } from "../../../../mesh/recording/recorded_track.ts";

/** `bytes`: of each packet; `hole`: where the device gave nothing, seconds. */
export interface PaperTrackOptions {
  readonly slot: "microphone" | "camera";
  readonly seconds: number;
  readonly bytes: number;
  readonly hole?: { readonly at: number; readonly lasts: number };
}

/** As MediaRecorder writes it: packets of 60 ms of sound, 25 pictures per second. */
export async function paperTrack(
  { slot, seconds, bytes, hole }: PaperTrackOptions,
): Promise<RecordedTrack> {
  const target = new BufferTarget();
  // Without an index, as a file that is written while it is recorded.
  const output = new Output({ format: new WebMOutputFormat({ appendOnly: true }), target });
  const isSound = slot === "microphone";
  const sound = new EncodedAudioPacketSource("opus");
  const picture = new EncodedVideoPacketSource("vp8");
  if (isSound) output.addAudioTrack(sound);
  else output.addVideoTrack(picture);
  await output.start();
  const step = isSound ? 0.06 : 0.04;
  for (let index = 0; index * step < seconds; index++) {
    const at = index * step;
    const time = hole !== undefined && at >= hole.at ? at + hole.lasts : at;
    const isKey = isSound || index % 100 === 0;
    const packet = new EncodedPacket(new Uint8Array(bytes), isKey ? "key" : "delta", time, step);
    if (isSound) {
      const decoderConfig = { codec: "opus", numberOfChannels: 1, sampleRate: 48_000 };
      await sound.add(packet, { decoderConfig });
    } else {
      const decoderConfig = { codec: "vp8", codedWidth: 320, codedHeight: 180 };
      await picture.add(packet, { decoderConfig });
    }
  }
  await output.finalize();
  const content = new Blob([target.buffer ?? new ArrayBuffer()]);
  return { owner: "a".repeat(32), slot, name: "Ann", at: 0, lasted: seconds * 1000, content };
}
