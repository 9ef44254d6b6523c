/**
 * Decodes the pictures of a track. The library's own decoder joins transparency to pictures in a
 * worker from a blob, which the page's policy forbids; here pictures are without it.
 */
import { EncodedPacketSink, type InputVideoTrack } from "mediabunny";

/** Chunks that a decoder may have waiting. */
const queueMost = 4;

/** The pictures in order, a few decoded ahead; the caller closes each. Throws if it cannot. */
export async function* picturesOf(track: InputVideoTrack): AsyncGenerator<VideoFrame> {
  const config = await track.getDecoderConfig();
  if (config === null) return;
  const frames: VideoFrame[] = [];
  let failure: unknown;
  let wake = () => {};
  const decoder = new VideoDecoder({
    output: (frame) => frames.push(frame),
    error: (error) => {
      failure = error;
      wake();
    },
  });
  decoder.addEventListener("dequeue", () => wake());
  decoder.configure(config);
  try {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      while (decoder.decodeQueueSize > queueMost && failure === undefined) {
        await new Promise<void>((resume) => wake = resume);
      }
      if (failure !== undefined) throw failure;
      decoder.decode(packet.toEncodedVideoChunk());
      yield* taken(frames);
    }
    await decoder.flush();
    yield* taken(frames);
  } finally {
    for (const frame of frames) frame.close();
    if (decoder.state !== "closed") decoder.close();
  }
}

/** One by one, so that those that nobody takes are still in the list. */
function* taken(frames: VideoFrame[]): Generator<VideoFrame> {
  for (let frame = frames.shift(); frame !== undefined; frame = frames.shift()) yield frame;
}
