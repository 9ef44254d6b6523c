import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import type { ViewStore } from "./view_store.ts";
import type { Pager } from "./layout.ts";
import { useWords } from "../ui/words.ts";

/** The distances that turn one page, by wheel and by finger, CSS pixels. */
const wheelStep = 120;
const swipeStep = 40;

/** Turns the filmstrip's pages by keys, wheel or finger. In a narrow box the pages wrap around. */
export function StripPager({ view, pager }: { view: ViewStore; pager: Pager }): JSX.Element {
  const { stage } = useWords();
  const { page, pages, box, strip } = pager;
  const frame = useRef<HTMLDivElement>(null);
  const turn = (by: number) => view.page.value = (page + by + pages) % pages;
  useStripMoves(frame, pager, view);
  const upright = strip.height > strip.width;
  const shape = box.width >= 132 ? "wide" : box.height >= 96 ? "tall" : "tight";
  const place = {
    left: `${box.x}px`,
    top: `${box.y}px`,
    width: `${box.width}px`,
    height: `${box.height}px`,
  };
  return (
    <div ref={frame} class={`strip-pager ${shape}`} role="group" style={place}>
      {shape !== "tight" && (
        <button
          type="button"
          class="quiet-key"
          aria-label={stage.earlier}
          disabled={page === 0}
          onClick={() => turn(-1)}
        >
          {upright ? <Icon name="up" /> : <Icon name="back" />}
        </button>
      )}
      {shape === "wide" && (
        <span aria-live="polite">{fill(stage.page, { page: page + 1, pages })}</span>
      )}
      <button
        type="button"
        class="quiet-key"
        aria-label={stage.later}
        disabled={shape !== "tight" && page === pages - 1}
        onClick={() => turn(1)}
      >
        {upright ? <Icon name="down" /> : <Icon name="forward" />}
      </button>
    </div>
  );
}

/** Handles wheel and touch anywhere on the strip, whose tiles are not children of the pager. */
function useStripMoves(
  frame: { current: HTMLElement | null },
  pager: Pager,
  view: ViewStore,
): void {
  const now = useRef(pager);
  now.current = pager;
  useEffect(() => {
    const area = frame.current?.closest<HTMLElement>(".stage-area");
    if (!area) return;
    const over = new AbortController();
    const { signal } = over;
    const isOver = ({ clientX, clientY }: MouseEvent) => {
      const { left, top } = area.getBoundingClientRect();
      const { x, y, width, height } = now.current.strip;
      const [right, down] = [clientX - left - x, clientY - top - y];
      return right >= 0 && down >= 0 && right <= width && down <= height;
    };
    const turn = (by: number) => {
      const { page, pages } = now.current;
      view.page.value = Math.min(pages - 1, Math.max(0, page + by));
    };
    let rolled = 0;
    area.addEventListener("wheel", (event) => {
      if (!isOver(event)) return;
      event.preventDefault();
      rolled += event.deltaY || event.deltaX;
      if (Math.abs(rolled) < wheelStep) return;
      turn(Math.sign(rolled));
      rolled = 0;
    }, { signal, passive: false });
    let from: { x: number; y: number } | undefined;
    area.addEventListener("pointerdown", (event) => {
      from = event.pointerType === "touch" && isOver(event)
        ? { x: event.clientX, y: event.clientY }
        : undefined;
    }, { signal });
    area.addEventListener("pointerup", ({ clientX, clientY }) => {
      if (from === undefined) return;
      const { width, height } = now.current.strip;
      const moved = height > width ? clientY - from.y : clientX - from.x;
      from = undefined;
      if (Math.abs(moved) >= swipeStep) turn(-Math.sign(moved));
    }, { signal });
    return () => over.abort();
  }, []);
}
