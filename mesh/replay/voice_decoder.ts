/** Decodes the packets of one voice, in order. */
import { sampleRate } from "./sound.ts";
import type { VoicePiece } from "./catch_up.ts";
import type { VoicePacket } from "./voice_ring.ts";

/** Decodes into mono. A browser that cannot stays silent. */
export class VoiceDecoder {
  readonly #decoder: AudioDecoder;
  /** The times of the packets that are being decoded; each makes one piece. */
  readonly #times: number[] = [];

  constructor(onPiece: (piece: VoicePiece) => void) {
    this.#decoder = new AudioDecoder({
      output: (sound) => {
        const at = this.#times.shift() ?? sound.timestamp / 1_000;
        const samples = new Float32Array(sound.numberOfFrames);
        sound.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
        sound.close();
        onPiece({ at, samples });
      },
      // The state is "closed" then.
      error: () => {},
    });
    this.#decoder.configure({ codec: "opus", sampleRate, numberOfChannels: 1 });
  }

  decode({ at, data }: VoicePacket): void {
    if (this.#decoder.state !== "configured") return;
    this.#times.push(at);
    const timestamp = Math.round(1_000 * at);
    this.#decoder.decode(new EncodedAudioChunk({ type: "key", timestamp, data }));
  }

  /** Whether all packets so far are decoded, or cannot be. */
  get isIdle(): boolean {
    return this.#times.length === 0 || this.#decoder.state !== "configured";
  }

  /** Resolves when all packets are decoded, or cannot be; none may follow. */
  async finish(): Promise<void> {
    try {
      if (this.#decoder.state === "configured") await this.#decoder.flush();
    } catch {
      // It was closed meanwhile.
    }
  }

  close(): void {
    if (this.#decoder.state !== "closed") this.#decoder.close();
  }
}
