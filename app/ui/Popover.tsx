import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** A small box over the bar. Closes on Escape, a press elsewhere, and when the focus leaves. */
export function Popover({ label, class: name, onClose, children }: {
  label: string;
  class?: string;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  // Before the first paint, so that keys typed right away go here.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const own = box.current;
    const first = [...own?.querySelectorAll<HTMLElement>("input:checked, select, button") ?? []];
    first.find((element) => element.offsetParent !== null)?.focus();
    const outside = (event: Event) => {
      const inside = event.target instanceof Node &&
        box.current?.parentElement?.contains(event.target);
      if (!inside) onClose();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
      // Returns the focus to its key, unless it has already moved elsewhere.
      const { activeElement } = document;
      const isLost = activeElement === document.body || own?.contains(activeElement) === true;
      if (isLost && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <div
      ref={box}
      class={`popover ${name ?? ""}`}
      role="group"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Keeps what lies behind it open.
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
    </div>
  );
}
