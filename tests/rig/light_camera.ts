// A picture that costs little: many people on two cores are about their calls, not about encoding.

const width = 320;
const height = 240;
const perSecond = 15;
const seconds = 2;

/** A camera for `launchChromium`; `await using` removes its file. */
export interface LightCamera extends AsyncDisposable {
  /** For `LaunchOptions.flags`. */
  readonly flags: string[];
}

/** A file of 320 × 240 pixels, 15 a second, with a bar that moves, so that each frame differs from the last. */
export async function lightCamera(): Promise<LightCamera> {
  const path = await Deno.makeTempFile({ prefix: "parley-camera-", suffix: ".y4m" });
  await Deno.writeFile(path, film());
  return {
    flags: [`--use-file-for-fake-video-capture=${path}`],
    [Symbol.asyncDispose]: () => Deno.remove(path),
  };
}

function film(): Uint8Array {
  const text = new TextEncoder();
  const frames = perSecond * seconds;
  const header = text.encode(`YUV4MPEG2 W${width} H${height} F${perSecond}:1 Ip A1:1 C420jpeg\n`);
  const mark = text.encode("FRAME\n");
  const size = width * height * 3 / 2;
  const whole = new Uint8Array(header.length + frames * (mark.length + size));
  whole.set(header);
  let at = header.length;
  for (let frame = 0; frame < frames; frame++) {
    whole.set(mark, at);
    at += mark.length;
    whole.subarray(at, at + size).fill(128);
    const bar = Math.floor(frame * width / frames);
    for (let row = 0; row < height; row++) {
      const start = at + row * width;
      whole.subarray(start + bar, start + Math.min(bar + 24, width)).fill(235);
    }
    at += size;
  }
  return whole;
}
