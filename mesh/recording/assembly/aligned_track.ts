/**
 * One recorded track as a file for editing: not encoded again, with a length and an index, and with
 * times from the start of the recording, so that an editor places all tracks at zero.
 */
import {
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  type InputTrack,
  MP4,
  Mp4OutputFormat,
  OGG,
  Output,
  WEBM,
  WebMOutputFormat,
} from "mediabunny";
import type { DiskFile } from "../../disk/disk_file.ts";
import type { RecordedTrack } from "../recorded_track.ts";
import { targetOf } from "./file_target.ts";

/** What to align. `zero`: the start of the recording, ms by the recorder's clock. */
export interface AlignOptions {
  readonly track: RecordedTrack;
  readonly zero: number;
  /** Makes the file; `extension`: "mp4" or "webm". */
  readonly open: (extension: string) => Promise<DiskFile>;
}

/** Writes the track. Rejects if it cannot be read. */
export async function alignTrack({ track, zero, open }: AlignOptions): Promise<void> {
  const input = new Input({ source: new BlobSource(track.content), formats: [WEBM, MP4, OGG] });
  try {
    const [media] = await input.getTracks();
    if (media === undefined) throw new Error("the track is empty");
    const isMp4 = (await input.getFormat()) === MP4;
    const file = await open(isMp4 ? "mp4" : "webm");
    const output = new Output({
      format: isMp4 ? new Mp4OutputFormat() : new WebMOutputFormat(),
      target: targetOf(file),
    });
    try {
      await copy(media, { output, shift: (track.at - zero) / 1000 });
      await output.finalize();
    } catch (error) {
      await output.cancel().catch(() => {});
      await file.abort();
      throw error;
    }
  } finally {
    input.dispose();
  }
}

async function copy(
  media: InputTrack,
  { output, shift }: { output: Output; shift: number },
): Promise<void> {
  const add = await sourceOf(media, output);
  await output.start();
  for await (const packet of new EncodedPacketSink(media).packets()) {
    const { data, type, timestamp, duration } = packet;
    await add(new EncodedPacket(data, type, Math.max(0, timestamp + shift), duration));
  }
}

/** Adds the media to the output; returns how its packets are added. */
async function sourceOf(
  media: InputTrack,
  output: Output,
): Promise<(packet: EncodedPacket) => Promise<void>> {
  if (media.isVideoTrack()) {
    const codec = await media.getCodec();
    const config = await media.getDecoderConfig();
    if (codec === null || config === null) throw new Error("unknown picture codec");
    const source = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(source);
    return (packet) => source.add(packet, { decoderConfig: config });
  }
  if (!media.isAudioTrack()) throw new Error("neither picture nor sound");
  const codec = await media.getCodec();
  const config = await media.getDecoderConfig();
  if (codec === null || config === null) throw new Error("unknown sound codec");
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  return (packet) => source.add(packet, { decoderConfig: config });
}
