/**
 * Unsent drafts, by room, while this tab lives. Invariants: what is written in a sealed room is
 * only in memory, never on disk; a private draft keeps its addressee, so that it never goes to
 * everyone.
 */
import { effect } from "@preact/signals";
import { attempt } from "../../protocol/attempt.ts";
import type { Person } from "./chat_entries.ts";
import type { ChatDraft } from "./chat_draft.ts";

interface Kept {
  readonly text: string;
  readonly to: Person | undefined;
}

/** What sealed rooms of this page keep. */
const memory = new Map<string, string>();

/** The part of Storage that is used. */
type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const memoryStore: Store = {
  getItem: (key) => memory.get(key) ?? null,
  setItem: (key, text) => void memory.set(key, text),
  removeItem: (key) => void memory.delete(key),
};

/** Brings back the draft of a room, and keeps it from now on; returns its undo. */
export function keepDraft(
  draft: ChatDraft,
  { room, isSealed, disk }: {
    readonly room: string;
    readonly isSealed: boolean;
    readonly disk: Store | undefined;
  },
): () => void {
  const key = `parley-draft-${room}`;
  const store = isSealed ? memoryStore : disk;
  const kept = readKept(attempt(() => store?.getItem(key)));
  if (kept !== undefined && draft.text.peek() === "") {
    draft.write(kept.text);
    draft.address(kept.to);
  }
  return effect(() => {
    const text = draft.unsent;
    const to = draft.to.value;
    if (text.trim() === "") attempt(() => store?.removeItem(key));
    else attempt(() => store?.setItem(key, JSON.stringify({ text, to })));
  });
}

function readKept(text: string | null | undefined): Kept | undefined {
  const value: unknown = attempt(() => JSON.parse(text ?? "null"));
  if (typeof value !== "object" || value === null || !("text" in value)) return undefined;
  const to = "to" in value ? value.to : undefined;
  if (typeof value.text !== "string") return undefined;
  if (to === undefined) return { text: value.text, to };
  const isPerson = typeof to === "object" && to !== null && "peerId" in to && "name" in to;
  if (!isPerson || typeof to.peerId !== "string" || typeof to.name !== "string") return undefined;
  return { text: value.text, to: { peerId: to.peerId, name: to.name } };
}
