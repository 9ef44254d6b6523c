// What Chromium's fake microphone hears. `await using` removes the file.

/** A file of sound; `await using` removes it. */
export type SoundFile = AsyncDisposable & { path: string };

/** A sound that meters and noise suppression treat as a voice: changing pitch, with pauses. */
export function speechFile(): Promise<SoundFile> {
  return soundFile(speech());
}

/** Silence. */
export function silenceFile(): Promise<SoundFile> {
  return soundFile(new Int16Array(rate * seconds));
}

/** Writes samples into a file. */
export async function soundFile(samples: Int16Array, samplesPerSecond = rate): Promise<SoundFile> {
  const path = await Deno.makeTempFile({ prefix: "parley-sound-", suffix: ".wav" });
  await Deno.writeFile(path, wave(samples, samplesPerSecond));
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path) };
}

const rate = 16_000;
const seconds = 4;

function speech(): Int16Array {
  const samples = new Int16Array(rate * seconds);
  let phase = 0;
  for (let at = 0; at < samples.length; at++) {
    const time = at / rate;
    const pitch = 140 + 60 * Math.sin(2 * Math.PI * 0.9 * time) + 25 * Math.sin(13 * time);
    phase += 2 * Math.PI * pitch / rate;
    // Words of 0.4 s with syllables, a short breath between them.
    const word = time % 0.5 < 0.4 ? 1 : 0;
    const syllable = 0.6 + 0.4 * Math.sin(2 * Math.PI * 5 * time);
    const voice = [1, 2, 3, 5, 8].reduce((sum, n) => sum + Math.sin(n * phase) / n, 0);
    samples[at] = Math.round(7_000 * word * syllable * voice);
  }
  return samples;
}

function wave(samples: Int16Array, rate: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(44));
  const text = (at: number, letters: string) =>
    [...letters].forEach((letter, index) => head.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, 36 + samples.byteLength, true);
  text(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, rate, true);
  head.setUint32(28, rate * 2, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  text(36, "data");
  head.setUint32(40, samples.byteLength, true);
  const file = new Uint8Array(44 + samples.byteLength);
  file.set(new Uint8Array(head.buffer));
  file.set(new Uint8Array(samples.buffer), 44);
  return file;
}
