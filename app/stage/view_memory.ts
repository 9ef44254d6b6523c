/**
 * The remembered view of a room, in a separate storage entry that is read after the first pictures.
 * What cannot be read is the default.
 */
import { attempt } from "../../protocol/attempt.ts";
import type { Corner } from "./arrangement.ts";
import type { ViewMode } from "./layout.ts";

/** The localStorage entry. */
export const viewKey = "parley.view";

/** All remembered settings. */
export interface ViewMemory {
  readonly mode: ViewMode;
  /** The corner of the own inset. */
  readonly corner: Corner;
  readonly selfHidden: boolean;
  /** The own picture is mirrored, on this screen only. */
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

/** The browser's localStorage, unless it is blocked. */
export function viewStorage(): ViewStorage | undefined {
  return attempt(() => globalThis.localStorage) ?? undefined;
}

/** The remembered view; the default where nothing valid is stored. */
export function readView(storage: ViewStorage | undefined): ViewMemory {
  return checked(storedView(storage) ?? {});
}

/**
 * Writes the changed settings and keeps the rest as other tabs wrote it. Does nothing if storage is
 * full or blocked.
 */
export function writeView(storage: ViewStorage | undefined, part: Partial<ViewMemory>): void {
  const stored = storedView(storage);
  if (stored === undefined) return;
  attempt(() => storage?.setItem(viewKey, JSON.stringify({ ...stored, ...part })));
}

/** Undefined if the storage cannot be read. */
function storedView(storage: ViewStorage | undefined): object | undefined {
  const text = attempt(() => storage?.getItem(viewKey));
  if (text === undefined) return undefined;
  const stored: unknown = attempt(() => JSON.parse(text ?? "{}"));
  return typeof stored === "object" && stored !== null ? stored : {};
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
