import { StreamTarget, type StreamTargetChunk } from "mediabunny";
import type { DiskFile } from "../../disk/disk_file.ts";

/** Lets an output write into a file of the disk; the end of the output closes it. */
export function targetOf(file: DiskFile): StreamTarget {
  const stream = new WritableStream<StreamTargetChunk>({
    write: ({ data, position }) => file.write(data, position),
    close: () => file.close(),
    abort: () => file.abort(),
  });
  return new StreamTarget(stream, { chunked: true, chunkSize: 2 ** 20 });
}
