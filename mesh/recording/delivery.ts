/**
 * Brings the tracks of one owner to the recorder, part after part, until it has every byte.
 * Invariants:
 * 1 Only the recorder's own count of bytes ends it well; that a part was sent or declined does not.
 * 2 It reads one part at a time.
 */
import type { Clock } from "../clock.ts";
import type { RecordingFolder } from "./recording_disk.ts";
import { partsOf, type TrackPart } from "./track_names.ts";

/** A part with its bytes, which stay on the disk until they are read. */
export interface PartToSend {
  readonly name: string;
  readonly content: Blob;
}

/** What a delivery needs. */
export interface DeliveryOptions {
  readonly folder: Pick<RecordingFolder, "names" | "read">;
  readonly owner: string;
  readonly clock: Clock;
  /** Sends a part; false if it has to be sent again later. */
  readonly send: (part: PartToSend) => Promise<boolean>;
  /** Ends the sending of a part of this name. */
  readonly cancel: (name: string) => void;
  /** Called with the bytes that are still to send. */
  readonly progress: (left: number) => void;
}

/** `empty`: there was nothing to send; `ended`: end() was called. */
export type DeliveryResult = "delivered" | "empty" | "ended";

/** ms until a part that could not be sent is sent again. */
const againMs = 5_000;

/** One delivery. */
export class Delivery {
  /** Never rejects. */
  readonly result: Promise<DeliveryResult>;
  readonly #options: DeliveryOptions;
  readonly #ended = Promise.withResolvers<void>();
  #isEnded = false;
  #sending: string | undefined;
  #got = Promise.withResolvers<number>();

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.result = this.#run();
  }

  /** The recorder tells how many bytes of this owner it has. */
  handleGot(bytes: number): void {
    this.#got.resolve(bytes);
  }

  /** Ends it early. */
  end(): void {
    this.#isEnded = true;
    this.#ended.resolve();
    if (this.#sending !== undefined) this.#options.cancel(this.#sending);
  }

  async #run(): Promise<DeliveryResult> {
    const { folder, owner, progress } = this.#options;
    const parts = partsOf(await folder.names().catch(() => []), owner);
    const sizes = await this.#sizesOf(parts);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (total === 0) return "empty";
    while (true) {
      let left = total;
      for (const [index, part] of parts.entries()) {
        progress(left);
        await this.#sendPart(part);
        if (this.#isEnded) return "ended";
        left -= sizes[index] ?? 0;
      }
      progress(0);
      // What it has told before may be too old.
      this.#got = Promise.withResolvers();
      const got = await Promise.race([this.#got.promise, this.#ended.promise]);
      if (this.#isEnded) return "ended";
      if (got !== undefined && got >= total) return "delivered";
    }
  }

  async #sendPart(part: TrackPart): Promise<void> {
    const { folder, clock, send } = this.#options;
    while (!this.#isEnded) {
      this.#sending = part.name;
      const content = await readPart(folder, part).catch(() => undefined);
      // What cannot be read is not counted either.
      const isSent = content === undefined || await send({ name: part.name, content });
      this.#sending = undefined;
      if (isSent || this.#isEnded) return;
      const pause = new Promise<void>((resume) => clock.after(againMs, resume));
      await Promise.race([pause, this.#ended.promise]);
    }
  }

  async #sizesOf(parts: readonly TrackPart[]): Promise<number[]> {
    const sizes: number[] = [];
    for (const part of parts) {
      const content = await readPart(this.#options.folder, part).catch(() => undefined);
      sizes.push(content?.size ?? 0);
    }
    return sizes;
  }
}

/** A Blob of files holds no bytes. */
async function readPart(
  folder: Pick<RecordingFolder, "read">,
  { files }: TrackPart,
): Promise<Blob> {
  return new Blob(await Promise.all(files.map((file) => folder.read(file))));
}
