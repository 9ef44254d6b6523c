/**
 * Toasts that expire. Invariants: at most `mostToasts` at once, the oldest goes first; one per key,
 * the newer replaces the older; none expires while held.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { IconName } from "./IconShapes.tsx";
import type { Clock } from "../../mesh/mod.ts";

/** One toast. `key` identifies its subject. */
export interface Toast {
  readonly key: string;
  readonly tone: "news" | "warn";
  readonly icon: IconName;
  readonly title: string;
  readonly line?: string;
  /** Announced elsewhere, so only shown here. */
  readonly silent?: boolean;
}

/** The most toasts at once. */
export const mostToasts = 3;

/** How long each is shown, ms; remedies take longer to read. */
export const toastMs = { news: 5_000, warn: 8_000 } as const;

/** The visible toasts, the newest last. */
export class ToastBoard {
  readonly #after: Clock["after"];
  readonly #toasts = signal<readonly Toast[]>([]);
  readonly #timers = new Map<string, () => void>();
  #isHeld = false;

  constructor(after: Clock["after"]) {
    this.#after = after;
  }

  get toasts(): ReadonlySignal<readonly Toast[]> {
    return this.#toasts;
  }

  show(toast: Toast): void {
    const others = this.#toasts.peek().filter(({ key }) => key !== toast.key);
    for (const { key } of others.slice(0, -(mostToasts - 1))) this.#forget(key);
    this.#toasts.value = [...others.slice(-(mostToasts - 1)), toast];
    this.#time(toast);
  }

  /** Removes one, if it is there. */
  drop(key: string): void {
    this.#forget(key);
    if (this.#toasts.peek().some((toast) => toast.key === key)) {
      this.#toasts.value = this.#toasts.peek().filter((toast) => toast.key !== key);
    }
    // No toast is left, so no pointer event will release the hold.
    if (this.#toasts.peek().length === 0) this.#isHeld = false;
  }

  /** While held by pointer or focus, no toast expires. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    for (const toast of this.#toasts.peek()) this.#time(toast);
  }

  close(): void {
    for (const undo of this.#timers.values()) undo();
    this.#timers.clear();
    this.#toasts.value = [];
  }

  /** Restarts its time. */
  #time({ key, tone }: Toast): void {
    this.#forget(key);
    if (!this.#isHeld) this.#timers.set(key, this.#after(toastMs[tone], () => this.drop(key)));
  }

  #forget(key: string): void {
    this.#timers.get(key)?.();
    this.#timers.delete(key);
  }
}
