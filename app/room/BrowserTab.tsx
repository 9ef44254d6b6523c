import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { markTab } from "./tab_icon.ts";

/** Draws nothing: marks the browser's tab while lines are unread, and asks before it closes during a share. */
export function BrowserTab({ call }: { call: Call }): null {
  useUnreadMarks(call);
  useClosingQuestion(call.media.source("screen").value.kind === "on");
  return null;
}

/** The browser asks before the tab closes; files do the same while they move. */
function useClosingQuestion(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [wanted]);
}

/** The number of unread lines, in the tab's title and on its icon. */
function useUnreadMarks({ chat }: Call): void {
  useEffect(() => {
    const { title } = document;
    const mark = (unread: number) => {
      markTab(unread);
      document.title = unread > 0 ? `(${unread}) ${title}` : title;
    };
    const undo = effect(() => mark(chat.unread.value));
    return () => {
      undo();
      mark(0);
    };
  }, [chat]);
}
