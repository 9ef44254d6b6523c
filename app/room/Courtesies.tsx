/** What a room does for people besides the call: keys, marks on the tab, a question before the tab closes. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { effect } from "@preact/signals";
import type { Call, Words } from "../mod.ts";
import type { OpenPanel } from "./bar_keys.ts";
import { toggleRoomFull } from "./fullscreen.ts";
import { KeyPlace } from "./key_place.ts";
import { useModule } from "../ui/lazy.ts";
import { keyLabel, type ShortcutName, shortcutOf } from "./shortcuts.ts";
import { canShare } from "../talk/ShareKey.tsx";
import { markTab } from "./tab_icon.ts";
import { useWords } from "../ui/words.ts";

/** `onPanel` opens or closes one; `onClose` closes the open one. */
export interface CourtesiesProps {
  readonly call: Call;
  readonly panel: OpenPanel;
  readonly onPanel: (panel: Exclude<OpenPanel, "none">) => void;
  readonly onClose: () => void;
}

/** Draws nothing but the list of keys, and that only when asked. */
export function Courtesies(props: CourtesiesProps): JSX.Element | null {
  const { call } = props;
  const [asked, setAsked] = useState(false);
  useKeys(props, () => setAsked(true));
  useKeyMarks(call);
  useEffect(() => effect(() => markTab(call.chat.unread.value)), [call]);
  useClosingQuestion(call.media.source("screen").value.kind === "on");
  return asked ? <Help call={call} onClose={() => setAsked(false)} /> : null;
}

/** The list of keys, loaded when it is first asked for. */
export function Help(props: { call: Call; onClose: () => void }): JSX.Element | null {
  const module = useModule(() => import("./ShortcutsDialog.tsx"), true);
  return module === undefined ? null : <module.ShortcutsDialog {...props} />;
}

/** Keys act for who is on the call itself; see key_place.ts. */
function useKeys(props: CourtesiesProps, onHelp: () => void): void {
  const current = useRef({ ...props, onHelp });
  current.current = { ...props, onHelp };
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const place = new KeyPlace(signal);
    // The key that opened a panel closes it, or opens another one, as long as nothing else was pressed.
    let byKey = false;
    const press = (event: KeyboardEvent) => {
      const { call, panel, onClose } = current.current;
      if (isTaken(event.target)) return;
      if (event.key === "Escape" && panel !== "none" && !event.defaultPrevented) return onClose();
      // With this one, layouts write letters of their own: µ is not M.
      const name = event.getModifierState("AltGraph") ? undefined : shortcutOf(event);
      const isOfPanel = name === "chat" || name === "people" || name === "links";
      const isMeant = place.isOnCall(event) || byKey && isOfPanel;
      byKey = isMeant && isOfPanel;
      if (name === undefined || !isMeant || !call.book.current.peek().shortcuts) return;
      event.preventDefault();
      act(name, current.current);
    };
    document.addEventListener("keydown", press, { signal });
    document.addEventListener("pointerdown", () => byKey = false, { signal });
    return () => listening.abort();
  }, []);
}

function act(
  name: ShortcutName,
  { call, panel, onPanel, onClose, onHelp }: CourtesiesProps & { onHelp: () => void },
): void {
  switch (name) {
    case "microphone":
      return call.toggleMicrophone();
    case "camera":
      return call.toggleCamera();
    case "share":
      return toggleSharing(call);
    case "hand":
      return call.toggleHand();
    case "chat":
    case "people":
    case "links":
      return panel === name ? onClose() : onPanel(name);
    case "fullscreen":
      return void toggleRoomFull();
    case "help":
      return onHelp();
    default:
      return name satisfies never;
  }
}

function toggleSharing({ media, talk }: Call): void {
  if (!canShare()) return;
  if (media.source("screen").peek().kind === "on") talk.peek()?.stopSharing();
  else talk.peek()?.share();
}

/** Fields take letters, lists and menus jump by them, a dialog is a world of its own. */
function isTaken(target: EventTarget | null): boolean {
  const taken = "textarea, select, dialog, [contenteditable], [role=menu], [role=listbox], " +
    "input:not([type=checkbox], [type=radio], [type=range])";
  if (document.querySelector("dialog[open]") !== null) return true;
  return target instanceof Element && target.closest(taken) !== null;
}

/** The bar's keys come and change at any time; their shortcuts are put on them from here, so that the bar knows none. */
function useKeyMarks({ book }: Call): void {
  const words = useWords();
  const isOn = book.current.value.shortcuts;
  useEffect(() => {
    const bar = document.querySelector(".bar");
    if (bar === null) return;
    const names = keyNames(words);
    const mark = () => {
      for (const key of bar.querySelectorAll<HTMLElement>(".bar-key[aria-label]")) {
        const name = names.get(key.getAttribute("aria-label") ?? "");
        if (name !== undefined) markKey(key, isOn ? keyLabel(name) : undefined);
      }
    };
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(bar, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
    return () => observer.disconnect();
  }, [words, isOn]);
}

function markKey(key: HTMLElement, label: string | undefined): void {
  if (label === undefined) {
    key.removeAttribute("aria-keyshortcuts");
    key.removeAttribute("title");
  } else {
    key.setAttribute("aria-keyshortcuts", label);
    key.title = `${key.getAttribute("aria-label")} (${label})`;
  }
}

/** The captions of the bar, by what their keys do. */
function keyNames({ room, links }: Words): Map<string, ShortcutName> {
  return new Map([
    [room.mute, "microphone"],
    [room.unmute, "microphone"],
    [room.stopVideo, "camera"],
    [room.startVideo, "camera"],
    [room.share, "share"],
    [room.stopSharing, "share"],
    [room.hand, "hand"],
    [room.chat, "chat"],
    [room.peoplePanel, "people"],
    [links.key, "links"],
  ]);
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
