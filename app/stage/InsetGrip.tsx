import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { Corner } from "./arrangement.ts";
import { viewOf } from "./view_store.ts";
import { useWords } from "../ui/words.ts";

/** How far a press may move without becoming a drag, CSS pixels. */
const slack = 4;

/** Lies over the own inset and moves it to another corner, by dragging or arrow keys. */
export function InsetGrip({ call }: { call: Call }): JSX.Element {
  const { stage } = useWords();
  const view = viewOf(call);
  const { corner } = view.memory.value;
  const grip = useRef<HTMLButtonElement>(null);
  useCornerMark(grip, corner);
  const settle = (next: Corner) => view.change({ corner: next });
  return (
    <button
      ref={grip}
      type="button"
      class="inset-grip"
      aria-label={stage.moveSelf}
      onPointerDown={(event) => drag(event, settle)}
      onKeyDown={(event) => {
        const next = cornerByKey(event.key, corner);
        if (next === undefined) return;
        event.preventDefault();
        settle(next);
      }}
    />
  );
}

function cornerByKey(key: string, { top, left }: Corner): Corner | undefined {
  switch (key) {
    case "ArrowLeft":
      return { top, left: true };
    case "ArrowRight":
      return { top, left: false };
    case "ArrowUp":
      return { top: true, left };
    case "ArrowDown":
      return { top: false, left };
  }
  return undefined;
}

/** Follows the pointer, then lets the tile move to the nearest corner. */
function drag(
  event: JSX.TargetedPointerEvent<HTMLElement>,
  settle: (corner: Corner) => void,
): void {
  const grip = event.currentTarget;
  const tile = grip.closest<HTMLElement>(".tile");
  const area = tile?.parentElement;
  if (event.button !== 0 || tile === null || !area) return;
  const { clientX, clientY } = event;
  const over = new AbortController();
  const { signal } = over;
  grip.setPointerCapture(event.pointerId);
  grip.addEventListener("pointermove", (moved) => {
    const [x, y] = [moved.clientX - clientX, moved.clientY - clientY];
    if (Math.hypot(x, y) < slack && !tile.classList.contains("dragged")) return;
    tile.classList.add("dragged");
    tile.style.translate = `${x}px ${y}px`;
  }, { signal });
  const end = () => {
    over.abort();
    if (!tile.classList.contains("dragged")) return;
    const box = tile.getBoundingClientRect();
    const frame = area.getBoundingClientRect();
    // Place and offset animate together, so that it moves in a straight line.
    tile.classList.remove("dragged");
    tile.style.translate = "";
    settle({
      top: box.top + box.height / 2 < frame.top + frame.height / 2,
      left: box.left + box.width / 2 < frame.left + frame.width / 2,
    });
  };
  grip.addEventListener("pointerup", end, { signal });
  grip.addEventListener("pointercancel", end, { signal });
}

/**
 * Marks the corner of the inset for the styles, so that it covers nothing on the large tile. The
 * corner is physical, as the tiles are.
 */
function useCornerMark(grip: { current: HTMLElement | null }, { top, left }: Corner): void {
  useLayoutEffect(() => {
    const tile = grip.current?.closest<HTMLElement>(".tile");
    if (!tile) return;
    tile.dataset.corner = `${top ? "top" : "bottom"} ${left ? "left" : "right"}`;
    return () => void delete tile.dataset.corner;
  }, [top, left]);
}
