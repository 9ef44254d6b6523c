// A picture that costs little: many people on two cores are about their calls, not about encoding.

/** Pixels, and pictures a second. */
export interface LightCameraOptions {
  width: number;
  height: number;
  perSecond: number;
  /** Adds movement and noise, which cost bits as a person's picture does; else a bar on grey. */
  lively: boolean;
}

/** Small and calm. */
export const usualCamera: LightCameraOptions = {
  width: 320,
  height: 240,
  perSecond: 15,
  lively: false,
};
const seconds = 2;

/** A camera for `launchChromium`; `await using` removes its file. */
export interface LightCamera extends AsyncDisposable {
  /** For `LaunchOptions.flags`. */
  readonly flags: string[];
}

/** Two seconds that go round, in which each frame differs from the last. */
export async function lightCamera(options: LightCameraOptions = usualCamera): Promise<LightCamera> {
  const path = await Deno.makeTempFile({ prefix: "parley-camera-", suffix: ".y4m" });
  await Deno.writeFile(path, film(options));
  return {
    flags: [`--use-file-for-fake-video-capture=${path}`],
    [Symbol.asyncDispose]: () => Deno.remove(path),
  };
}

function film(options: LightCameraOptions): Uint8Array {
  const { width, height, perSecond, lively } = options;
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
    const picture = whole.subarray(at, at + size).fill(128);
    if (lively) drawPattern(picture, { ...options, frame });
    else drawBar(picture, { width, height, left: Math.floor(frame * width / frames) });
    at += size;
  }
  return whole;
}

function drawBar(
  picture: Uint8Array,
  { width, height, left }: { width: number; height: number; left: number },
): void {
  for (let row = 0; row < height; row++) {
    const start = row * width;
    picture.subarray(start + left, start + Math.min(left + 24, width)).fill(235);
  }
}

/** Crossing waves with noise from a deterministic generator (Lehmer, 1951). */
function drawPattern(
  picture: Uint8Array,
  { width, height, frame }: { width: number; height: number; frame: number },
): void {
  let noise = frame + 1;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      noise = noise * 48_271 % 2_147_483_647;
      const waves = Math.sin((column + 5 * frame) / 9) + Math.sin((row - 3 * frame) / 7);
      picture[row * width + column] = 128 + 40 * waves + noise % 9;
    }
  }
}
