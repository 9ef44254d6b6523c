/**
 * How this browser likes to see a room, in an entry of its own beside the preferences, which every page reads: this
 * one is read after the first pictures. Whatever cannot be read is the default.
 */
import type { Corner } from "./arrangement.ts";
import type { ViewMode } from "./views.ts";

/** The localStorage entry. */
export const viewKey = "parley.view";

/** Everything remembered. */
export interface ViewMemory {
  readonly mode: ViewMode;
  /** Where the inset of oneself lies. */
  readonly corner: Corner;
  readonly selfHidden: boolean;
  /** Own picture as in a mirror, for oneself only. */
  readonly mirrored: boolean;
}

/** The part of Storage that is used. */
export type ViewStorage = Pick<Storage, "getItem" | "setItem">;

const defaults: ViewMemory = {
  mode: "auto",
  corner: { top: false, left: false },
  selfHidden: false,
  mirrored: true,
};

/** The browser's localStorage, unless it is forbidden. */
export function viewStorage(): ViewStorage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

export function readView(storage: ViewStorage | undefined): ViewMemory {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(viewKey) ?? "null");
    return typeof stored === "object" && stored !== null ? checked(stored) : defaults;
  } catch {
    return defaults;
  }
}

/** Full or forbidden storage: the page still has it. */
export function writeView(storage: ViewStorage | undefined, memory: ViewMemory): void {
  try {
    storage?.setItem(viewKey, JSON.stringify(memory));
  } catch {
    // Nothing to be done.
  }
}

function checked(stored: object): ViewMemory {
  const { mode, corner, selfHidden, mirrored }: {
    mode?: unknown;
    corner?: unknown;
    selfHidden?: unknown;
    mirrored?: unknown;
  } = stored;
  return {
    mode: mode === "grid" || mode === "speaker" ? mode : "auto",
    corner: typeof corner === "object" && corner !== null ? checkedCorner(corner) : defaults.corner,
    selfHidden: selfHidden === true,
    mirrored: mirrored !== false,
  };
}

function checkedCorner({ top, left }: { top?: unknown; left?: unknown }): Corner {
  return { top: top === true, left: left === true };
}
