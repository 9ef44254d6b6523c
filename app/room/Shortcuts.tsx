/** Shortcuts that act anywhere in a room. Those of the bar are shown on its keys; see BarKey. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { OpenPanel } from "./open_panel.ts";
import { toggleRoomFull } from "../stage/views.ts";
import { KeyPlace } from "../ui/key_place.ts";
import { loadShortcutsDialog } from "../ui/lazy.ts";
import { useModule } from "../ui/use_module.ts";
import { type ShortcutName, shortcutOf } from "../ui/shortcuts.ts";
import { canShare } from "../talk/views.ts";

/** `onPanel` toggles a panel; `onClose` closes the open one. */
export interface ShortcutsProps {
  readonly call: Call;
  readonly panel: OpenPanel;
  readonly onPanel: (panel: Exclude<OpenPanel, "none">) => void;
  readonly onClose: () => void;
}

/** Renders only the list of shortcuts, on demand. */
export function Shortcuts(props: ShortcutsProps): JSX.Element | null {
  const { call } = props;
  const [asked, setAsked] = useState(false);
  useKeys(props, () => setAsked(true));
  return asked ? <Help call={call} onClose={() => setAsked(false)} /> : null;
}

/** The list of shortcuts, loaded on first use. */
export function Help({ call, onClose }: {
  call: Call;
  onClose: () => void;
}): JSX.Element | null {
  const module = useModule(loadShortcutsDialog, true);
  return module === undefined
    ? null
    : <module.ShortcutsDialog book={call.book} onClose={onClose} />;
}

/** Keys act while the focus is on the call itself; see key_place.ts. */
function useKeys(props: ShortcutsProps, onHelp: () => void): void {
  const current = useRef({ ...props, onHelp });
  current.current = { ...props, onHelp };
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const place = new KeyPlace(signal);
    // A shortcut that opened a panel also closes it or switches panels, until another press.
    let byKey = false;
    const press = (event: KeyboardEvent) => {
      const { call, panel, onClose } = current.current;
      if (isTaken(event.target)) return;
      if (event.key === "Escape" && panel !== "none" && !event.defaultPrevented) return onClose();
      // With AltGr, layouts produce other letters: µ is not M.
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
  { call, panel, onPanel, onClose, onHelp }: ShortcutsProps & { onHelp: () => void },
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

/** Fields take letters, lists and menus jump by them, and dialogs block shortcuts. */
function isTaken(target: EventTarget | null): boolean {
  const taken = "textarea, select, dialog, [contenteditable], [role=menu], [role=listbox], " +
    "input:not([type=checkbox], [type=radio], [type=range])";
  if (document.querySelector("dialog[open]") !== null) return true;
  return target instanceof Element && target.closest(taken) !== null;
}
