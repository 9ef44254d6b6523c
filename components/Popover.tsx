import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A small box over the bar. It closes on Escape, on a press elsewhere and when the focus goes elsewhere. */
export function Popover({ label, class: name, onClose, children }: {
  label: string;
  class?: string;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    box.current?.querySelector<HTMLElement>("input:checked, select, button")?.focus();
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
      // Back to the key it came from, unless the focus already went on.
      const { activeElement: focused } = document;
      const isLost = focused === document.body || box.current?.contains(focused);
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
        if (event.key === "Escape") onClose();
      }}
    >
      {children}
    </div>
  );
}
