import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** How far an arrow key pans, CSS pixels. */
const step = 64;

/** Shows a shared screen at actual size; dragging, wheel and arrow keys pan it. */
export function ActualSize({ label }: { label: string }): JSX.Element {
  const { stage } = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current === null ? undefined : new Pan(box.current).start(), []);
  return (
    <div
      ref={box}
      class="pan"
      role="group"
      tabIndex={0}
      aria-label={fill(stage.pan, { name: label })}
    />
  );
}

/** The visible part of a picture; positions the tile's video. */
class Pan {
  readonly #box: HTMLElement;
  readonly #video: HTMLVideoElement | null;
  readonly #over = new AbortController();
  /** The offset of the picture's centre from the tile's centre. */
  #x = 0;
  #y = 0;

  constructor(box: HTMLElement) {
    this.#box = box;
    this.#video = box.parentElement?.querySelector("video") ?? null;
  }

  /** Returns the undo. */
  start(): () => void {
    const { signal } = this.#over;
    const place = () => this.#place();
    const observer = new ResizeObserver(place);
    observer.observe(this.#box);
    this.#video?.addEventListener("resize", place, { signal });
    this.#box.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.#move(-event.deltaX, -event.deltaY);
    }, { signal, passive: false });
    this.#box.addEventListener("keydown", (event) => this.#press(event), { signal });
    this.#box.addEventListener("pointerdown", ({ pointerId }) => {
      this.#box.setPointerCapture(pointerId);
    }, { signal });
    this.#box.addEventListener("pointermove", ({ pointerId, movementX, movementY }) => {
      if (this.#box.hasPointerCapture(pointerId)) this.#move(movementX, movementY);
    }, { signal });
    place();
    return () => {
      this.#over.abort();
      observer.disconnect();
      this.#video?.removeAttribute("style");
    };
  }

  #press(event: KeyboardEvent): void {
    const moves = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const [x, y] = Object.entries(moves).find(([key]) => key === event.key)?.[1] ?? [];
    if (x === undefined || y === undefined) return;
    event.preventDefault();
    this.#move(x * step, y * step);
  }

  #move(x: number, y: number): void {
    this.#x += x;
    this.#y += y;
    this.#place();
  }

  #place(): void {
    const video = this.#video;
    if (video === null || video.videoWidth === 0) return;
    // One pixel of the shared screen is one pixel of this screen.
    const [width, height] = [
      video.videoWidth / devicePixelRatio,
      video.videoHeight / devicePixelRatio,
    ];
    const within = (at: number, inner: number, outer: number) => {
      const most = Math.max(0, (inner - outer) / 2);
      return Math.min(most, Math.max(-most, at));
    };
    const { clientWidth, clientHeight } = this.#box;
    this.#x = within(this.#x, width, clientWidth);
    this.#y = within(this.#y, height, clientHeight);
    Object.assign(video.style, {
      inset: "auto",
      width: `${width}px`,
      height: `${height}px`,
      left: `${(clientWidth - width) / 2 + this.#x}px`,
      top: `${(clientHeight - height) / 2 + this.#y}px`,
    });
  }
}
