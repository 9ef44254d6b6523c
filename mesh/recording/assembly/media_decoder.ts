/**
 * Decodes the media of a track. The library's own decoders do not fit: that of pictures joins
 * transparency to them in a worker from a blob, which the page's policy forbids; that of sound
 * ignores holes that are shorter than a packet, 60 ms in Chromium, so later sound comes too early.
 */
import {
  type EncodedPacket,
  EncodedPacketSink,
  type InputAudioTrack,
  type InputVideoTrack,
} from "mediabunny";

/** Chunks that a decoder may have waiting. */
const queueMost = 4;

/** The pictures in order, a few decoded ahead; the caller closes each. Throws if it cannot. */
export async function* picturesOf(track: InputVideoTrack): AsyncGenerator<VideoFrame> {
  const config = await track.getDecoderConfig();
  if (config === null) return;
  yield* decode(track, {
    make: (outputs: Outputs<VideoFrame>) => {
      const decoder = new VideoDecoder(outputs);
      decoder.configure(config);
      return decoder;
    },
    chunkOf: (packet) => packet.toEncodedVideoChunk(),
  });
}

/** The sound in order, likewise; each piece has the time at which it was recorded. */
export async function* soundsOf(track: InputAudioTrack): AsyncGenerator<AudioData> {
  const config = await track.getDecoderConfig();
  if (config === null) return;
  yield* decode(track, {
    make: (outputs: Outputs<AudioData>) => {
      const decoder = new AudioDecoder(outputs);
      decoder.configure(config);
      return decoder;
    },
    chunkOf: (packet) => packet.toEncodedAudioChunk(),
  });
}

/** What a decoder calls. */
interface Outputs<Media> {
  readonly output: (media: Media) => void;
  readonly error: (error: DOMException) => void;
}

/** The common part of VideoDecoder and AudioDecoder. */
interface Decoder<Chunk> extends Pick<VideoDecoder, "decodeQueueSize" | "state" | "flush"> {
  decode(chunk: Chunk): void;
  close(): void;
  addEventListener(type: "dequeue", listener: () => void): void;
}

async function* decode<Media extends { close(): void }, Chunk>(
  track: InputVideoTrack | InputAudioTrack,
  { make, chunkOf }: {
    make: (outputs: Outputs<Media>) => Decoder<Chunk>;
    chunkOf: (packet: EncodedPacket) => Chunk;
  },
): AsyncGenerator<Media> {
  const decoded: Media[] = [];
  let failure: unknown;
  let wake = () => {};
  const decoder = make({
    output: (media) => decoded.push(media),
    error: (error) => {
      failure = error;
      wake();
    },
  });
  decoder.addEventListener("dequeue", () => wake());
  try {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      while (decoder.decodeQueueSize > queueMost && failure === undefined) {
        await new Promise<void>((resume) => wake = resume);
      }
      if (failure !== undefined) throw failure;
      decoder.decode(chunkOf(packet));
      yield* taken(decoded);
    }
    await decoder.flush();
    yield* taken(decoded);
  } finally {
    for (const media of decoded) media.close();
    if (decoder.state !== "closed") decoder.close();
  }
}

/** One by one, so that those that nobody takes are still in the list. */
function* taken<Media>(decoded: Media[]): Generator<Media> {
  for (let media = decoded.shift(); media !== undefined; media = decoded.shift()) yield media;
}
