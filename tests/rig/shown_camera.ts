// A camera that shows what a test draws, in every browser: Chromium's fake one reads files, that of
// Firefox does not.

/** What the camera shows, again and again. */
export type Shown =
  /** Four corners: red and green above blue and white. */
  | { readonly kind: "corners" }
  /** A person before fine stripes. `photo`: a data: URL; see `personPhoto`. */
  | { readonly kind: "person"; readonly photo: string };

/** For `page.evaluateOnNewDocument`: the page gets this camera, 640 × 360, for each it asks for. */
export function showCamera(shown: Shown): void {
  const draw = async (context: CanvasRenderingContext2D) => {
    const photo = new Image();
    if (shown.kind === "person") {
      photo.src = shown.photo;
      await photo.decode();
    }
    const { width, height } = context.canvas;
    return () => {
      if (shown.kind === "person") {
        context.fillStyle = "white";
        context.fillRect(0, 0, width, height);
        context.fillStyle = "black";
        for (let x = 0; x < width; x += 8) context.fillRect(x, 0, 4, height);
        // The middle of the photo, where she is in front of a wall.
        context.drawImage(photo, 60, 0, 310, 292, width / 2 - 190, 0, 380, height);
      } else {
        for (const [index, colour] of ["red", "lime", "blue", "white"].entries()) {
          context.fillStyle = colour;
          context.fillRect(index % 2 * width / 2, index < 2 ? 0 : height / 2, width, height / 2);
        }
      }
      // So that no picture is the same as the one before.
      context.fillStyle = Math.random() < 0.5 ? "gray" : "silver";
      context.fillRect(width / 2 - 4, height - 8, 8, 8);
    };
  };
  const open = async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 360];
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    const paint = await draw(context);
    paint();
    const stream = canvas.captureStream();
    const timer = setInterval(paint, 66);
    const [track] = stream.getVideoTracks();
    if (track === undefined) throw new Error("no track");
    const stop = track.stop.bind(track);
    track.stop = () => {
      clearInterval(timer);
      stop();
    };
    const settings = { deviceId: "shown-camera", width: 640, height: 360, frameRate: 15 };
    track.getSettings = () => settings;
    return track;
  };
  const mediaDevices: MediaDevices | undefined = navigator.mediaDevices;
  // An empty page has none.
  if (mediaDevices === undefined) return;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints = {}) => {
    const { audio = false, video = false } = constraints;
    const stream = audio ? await ask({ audio }) : new MediaStream();
    if (video) stream.addTrack(await open());
    return stream;
  };
}

/** Eileen Collins, photographed by NASA in the public domain, as a data: URL. */
export async function personPhoto(): Promise<string> {
  const bytes = await Deno.readFile(new URL("person.jpg", import.meta.url));
  return `data:image/jpeg;base64,${bytes.toBase64()}`;
}
