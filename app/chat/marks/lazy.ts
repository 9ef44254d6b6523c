/** What the chat loads with the open panel, and later. */
import { lateImport } from "../../../mesh/mod.ts";
import type { Call } from "../../call/mod.ts";
import type { ExtraModule } from "../../extras/views.ts";
import { useModule } from "../../ui/use_module.ts";

/** With the open panel, so that menus open at once. */
export const loadMenus = () => import("../late.ts");

/** At the first colon followed by a letter, or the first @. */
export const loadCompletion = () => import("../completion.ts");

/** What is drawn in and around lines. */
export type LateLines = typeof import("../late_lines.ts");

const loadLines = () => import("../late_lines.ts");

/** With the open panel or the first line; until then a line is plain text. */
export function useLines(wanted: boolean): LateLines | undefined {
  return useModule(loadLines, wanted);
}

/** With the same, or with the first sign of a peer. */
export async function loadChatExtra(): Promise<ExtraModule> {
  const { makeExtra } = await lateImport(() => import("./extra.tsx"));
  return { open: (call: Call) => makeExtra(call) };
}
