/** Draws one picture of a film: everybody in the recording, screens and the speaker large. */
import { type Box, filmSize, layOut } from "./film_layout.ts";
import type { OpenTrack, PictureReader } from "./track_reader.ts";

/** A person or a screen in the film. `until`: where its last track ends, seconds. */
interface Seat {
  readonly key: string;
  readonly owner: string;
  readonly name: string;
  readonly isScreen: boolean;
  readonly from: number;
  readonly until: number;
  readonly pictures: readonly PictureReader[];
}

const colours = {
  stage: "#0c1110",
  seat: "#1f2926",
  plate: "#0c1110d9",
  text: "#f1f5f2",
  accent: "#63ddbb",
};
const font = "600 18px system-ui, sans-serif";

/** Draws on the canvas of a film. */
export class FilmPainter {
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #seats: readonly Seat[];

  constructor(canvas: OffscreenCanvas, { tracks, pictures }: {
    readonly tracks: readonly OpenTrack[];
    readonly pictures: readonly PictureReader[];
  }) {
    const context = canvas.getContext("2d", { alpha: false });
    if (context === null) throw new Error("this browser cannot draw");
    this.#context = context;
    this.#seats = seatsOf(tracks, pictures);
  }

  /** Draws the film at a second, for `speaker`, an owner of tracks. */
  async paint(second: number, speaker: string | undefined): Promise<void> {
    const { width, height } = filmSize;
    this.#context.fillStyle = colours.stage;
    this.#context.fillRect(0, 0, width, height);
    const seats = this.#seats.filter(({ from, until }) => from <= second && second < until);
    const screen = seats.findIndex(({ isScreen }) => isScreen);
    const speaks = seats.findIndex(({ owner, isScreen }) => owner === speaker && !isScreen);
    const large = screen >= 0 ? screen : seats.length > 2 && speaks >= 0 ? speaks : undefined;
    const boxes = layOut(seats.length, large);
    for (const [index, seat] of seats.entries()) {
      const box = boxes[index];
      if (box !== undefined) await this.#draw(seat, { box, second, speaks: index === speaks });
    }
  }

  async #draw(
    { pictures, name, isScreen }: Seat,
    { box, second, speaks }: { box: Box; second: number; speaks: boolean },
  ): Promise<void> {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 16);
    context.clip();
    context.fillStyle = colours.seat;
    context.fillRect(box.x, box.y, box.width, box.height);
    for (const reader of pictures) {
      const picture = await reader.at(second);
      if (picture !== undefined) fit(context, { picture, box, cover: !isScreen });
    }
    this.#label(name, box);
    context.restore();
    if (!speaks) return;
    context.strokeStyle = colours.accent;
    context.lineWidth = 3;
    context.beginPath();
    context.roundRect(box.x + 1.5, box.y + 1.5, box.width - 3, box.height - 3, 15);
    context.stroke();
  }

  #label(name: string, box: Box): void {
    const context = this.#context;
    context.font = font;
    context.textBaseline = "middle";
    const most = box.width - 40;
    const width = Math.min(context.measureText(name).width, most);
    context.fillStyle = colours.plate;
    context.beginPath();
    context.roundRect(box.x + 8, box.y + box.height - 40, width + 24, 32, 8);
    context.fill();
    context.fillStyle = colours.text;
    context.fillText(name, box.x + 20, box.y + box.height - 24, most);
  }
}

/** People in the order in which they came, each followed by their screen. */
function seatsOf(tracks: readonly OpenTrack[], pictures: readonly PictureReader[]): Seat[] {
  const seats = new Map<string, Seat>();
  const screens = ["screen", "screen-audio"];
  for (const open of tracks) {
    const { owner, slot, name } = open.track;
    if (slot === "screen-audio") continue;
    const isScreen = screens.includes(slot);
    const key = `${owner} ${isScreen}`;
    const before = seats.get(key);
    const picture = pictures.filter((reader) => reader.open === open);
    seats.set(key, {
      key,
      owner,
      name,
      isScreen,
      from: Math.min(before?.from ?? Infinity, open.start),
      until: Math.max(before?.until ?? 0, open.end),
      pictures: [...before?.pictures ?? [], ...picture],
    });
  }
  return [...seats.values()].toSorted((one, other) => one.from - other.from);
}

function fit(
  context: OffscreenCanvasRenderingContext2D,
  { picture, box, cover }: { picture: VideoFrame; box: Box; cover: boolean },
): void {
  const { displayWidth, displayHeight } = picture;
  const across = box.width / displayWidth;
  const down = box.height / displayHeight;
  const scale = cover ? Math.max(across, down) : Math.min(across, down);
  const width = displayWidth * scale;
  const height = displayHeight * scale;
  const x = box.x + (box.width - width) / 2;
  const y = box.y + (box.height - height) / 2;
  context.drawImage(picture, x, y, width, height);
}
