import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { markTab } from "./tab_icon.ts";

/**
 * Renders nothing: marks the browser tab while lines are unread, and asks before it closes during a
 * share.
 */
export function BrowserTab({ call }: { call: Call }): null {
  useUnreadMarks(call);
  useClosingQuestion(call.media.source("screen").value.kind === "on");
  return null;
}

/** Makes the browser ask before the tab closes, as files do during transfers. */
function useClosingQuestion(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [wanted]);
}

/** Shows the number of unread lines in the tab's title and icon. */
function useUnreadMarks({ chat }: Call): void {
  useEffect(() => {
    const { title } = document;
    const mark = (unread: number) => {
      markTab(unread);
      document.title = unread > 0 ? `(${unread}) ${title}` : title;
    };
    const undo = effect(() => mark(chat.store.value?.unread.value ?? 0));
    return () => {
      undo();
      mark(0);
    };
  }, [chat]);
}
