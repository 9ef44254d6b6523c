import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon, type IconProps } from "./Icon.tsx";

/** One row of a menu: an action, a switch, or a heading. */
export type MenuRow =
  | {
    readonly kind: "act";
    readonly label: string;
    readonly icon: IconProps["name"];
    readonly tone?: "danger";
    readonly onPick: () => void;
  }
  | {
    readonly kind: "switch";
    readonly label: string;
    readonly icon: IconProps["name"];
    readonly on: boolean;
    readonly note?: string | undefined;
    readonly onPick: () => void;
  }
  | { readonly kind: "heading"; readonly label: string };

/** `at`: the key that opens it, in the same positioned box; it takes the focus back. */
export interface MenuProps {
  readonly label: string;
  readonly rows: readonly MenuRow[];
  readonly at: HTMLElement;
  readonly onClose: () => void;
}

/**
 * A menu beside its key. Closes on an action, Escape, Tab and a press elsewhere; switches leave it
 * open.
 */
export function Menu({ label, rows, at, onClose }: MenuProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const leave = () => {
    onClose();
    at.focus();
  };
  // Before the first paint, so that keys typed right away go here.
  useLayoutEffect(() => {
    if (box.current === null) return;
    placeBeside(box.current, at);
    rowsOf(box.current)[0]?.focus({ preventScroll: true });
    const outside = ({ target }: Event) => {
      const inside = target instanceof Node &&
        (box.current?.contains(target) || at.contains(target));
      if (!inside) onClose();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [at]);
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      // Otherwise the panel around it closes too.
      event.stopPropagation();
      leave();
    } else if (box.current !== null) walk(event, rowsOf(box.current));
  };
  return (
    <div
      class="menu notranslate"
      translate={false}
      role="menu"
      aria-label={label}
      ref={box}
      onKeyDown={press}
    >
      {rows.map((row) => <Row key={row.label} row={row} onDone={onClose} />)}
    </div>
  );
}

function Row({ row, onDone }: { row: MenuRow; onDone: () => void }): JSX.Element {
  if (row.kind === "heading") return <p class="menu-heading" role="presentation">{row.label}</p>;
  const isSwitch = row.kind === "switch";
  return (
    <button
      type="button"
      role={isSwitch ? "menuitemcheckbox" : "menuitem"}
      aria-checked={isSwitch ? row.on : undefined}
      aria-label={row.label}
      aria-description={isSwitch ? row.note : undefined}
      class={row.kind === "act" && row.tone === "danger" ? "bad" : undefined}
      tabIndex={-1}
      onClick={() => {
        if (!isSwitch) onDone();
        row.onPick();
      }}
    >
      <Icon name={row.icon} />
      <span>
        {row.label}
        {isSwitch && row.note !== undefined && <small>{row.note}</small>}
      </span>
      {isSwitch && <span class={row.on ? "switch on" : "switch"} />}
    </button>
  );
}

function rowsOf(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}

function walk(event: KeyboardEvent, rows: readonly HTMLElement[]): void {
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = {
    ArrowUp: (at - 1 + rows.length) % rows.length,
    ArrowDown: (at + 1) % rows.length,
    Home: 0,
    End: rows.length - 1,
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  rows[next]?.focus();
}

/**
 * Places the menu below its key, or above if there is no room, inside the box they share. Physical,
 * since it follows the key's rectangle; by script, since the policy forbids style attributes.
 */
export function placeBeside(menu: HTMLElement, key: HTMLElement): void {
  const frame = menu.offsetParent?.getBoundingClientRect();
  if (frame === undefined) return;
  const { top, bottom, left, right } = key.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const gap = 4;
  const margin = 8;
  const fitsBelow = bottom + gap + height <= frame.bottom - margin;
  const y = fitsBelow ? bottom + gap - frame.top : top - gap - height - frame.top;
  const startsLeft = getComputedStyle(menu).direction === "rtl"
    ? right - width < frame.left + margin
    : left + width <= frame.right - margin;
  const x = (startsLeft ? left : right - width) - frame.left;
  menu.style.top = `${Math.max(margin, Math.min(y, frame.height - height - margin))}px`;
  menu.style.left = `${Math.max(margin, Math.min(x, frame.width - width - margin))}px`;
}
