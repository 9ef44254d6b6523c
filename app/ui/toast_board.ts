/**
 * Small notices that go away by themselves. Invariants: at most `mostToasts` at once, the oldest goes first; one per
 * key, the newer replaces the older; nothing goes while somebody holds them.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { IconName } from "./IconShapes.tsx";
import type { Clock } from "../../mesh/mod.ts";

/** One notice. `key` says what it is about. */
export interface Toast {
  readonly key: string;
  readonly tone: "news" | "warn";
  readonly icon: IconName;
  readonly title: string;
  readonly line?: string;
  /** Told elsewhere to who listens, so only shown here. */
  readonly silent?: boolean;
}

export const mostToasts = 3;

/** How long each is there; what to do about a trouble takes longer to read. ms. */
export const toastMs = { news: 5_000, warn: 8_000 } as const;

/** The notices on show, the newest last. */
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

  /** Takes one away; nothing when it is not there. */
  drop(key: string): void {
    this.#forget(key);
    if (this.#toasts.peek().some((toast) => toast.key === key)) {
      this.#toasts.value = this.#toasts.peek().filter((toast) => toast.key !== key);
    }
    // Nothing is left that the pointer could leave.
    if (this.#toasts.peek().length === 0) this.#isHeld = false;
  }

  /** While it is held, by the pointer or the focus, everything stays. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    for (const toast of this.#toasts.peek()) this.#time(toast);
  }

  close(): void {
    for (const undo of this.#timers.values()) undo();
    this.#timers.clear();
    this.#toasts.value = [];
  }

  /** Begins its time anew. */
  #time({ key, tone }: Toast): void {
    this.#forget(key);
    if (!this.#isHeld) this.#timers.set(key, this.#after(toastMs[tone], () => this.drop(key)));
  }

  #forget(key: string): void {
    this.#timers.get(key)?.();
    this.#timers.delete(key);
  }
}
