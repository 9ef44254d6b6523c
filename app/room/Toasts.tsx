import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { ChatEntry } from "../chat/mod.ts";
import type { OpenPanel } from "./open_panel.ts";
import { happening } from "../chat/views.ts";
import { deviceChanges, insteadWords, returnWords, useReturns } from "../devices/views.ts";
import { ExtraPills } from "../extras/views.ts";
import { useReplay } from "../replay/views.ts";
import { extraLoaders } from "./extras/lazy.ts";
import { Icon } from "../ui/Icon.tsx";
import { loadTrouble } from "../devices/lazy.ts";
import { loadScreenNews } from "../talk/lazy.ts";
import { useModule } from "../ui/use_module.ts";
import { fill } from "../ui/phrases.ts";
import { thisBrowser } from "../ui/this_browser.ts";
import { type Toast, ToastBoard } from "../ui/toast_board.ts";
import { useBase } from "../ui/base.ts";
import { useOwnerNews } from "../people/views.ts";
import { useShell } from "../ui/use_shell.ts";
import { useWords } from "../ui/words.ts";

/** Tells that the page reduced the video quality, which would otherwise look like a fault. */
function useStrainNews(call: Call, board: ToastBoard): void {
  const { stage } = useWords();
  const strained = call.room.strained.value;
  useEffect(() => {
    if (!strained) return;
    board.show({
      key: "strain",
      tone: "warn",
      icon: "picture",
      title: stage.light,
      line: stage.lightNotice,
    });
  }, [strained]);
}

/**
 * What the extras show, the reconnecting pill while the server is away, and toasts: devices, people
 * who join and leave while no panel is open, the server.
 */
export function Toasts({ call, panel }: { call: Call; panel: OpenPanel }): JSX.Element {
  const { common, toasts: words } = useWords();
  const board = useBoard();
  const spoken = useRef("");
  const toasts = board.toasts.value;
  useReturns(call);
  useReplay(call);
  useShell(useBase(), { keepsCode: true });
  useReturn(call, board);
  useDevices(call, board);
  useTrouble(call, { board, source: "camera" });
  useTrouble(call, { board, source: "microphone" });
  useShareTrouble(call, board);
  useComings(call, { board, wanted: panel === "none" });
  useOwnerNews(call, board);
  useStrainNews(call, board);
  const isShared = call.media.source("screen").value.kind === "on" ||
    call.room.peers.value.some(({ tracks }) => tracks.screen.value !== null);
  const screens = useModule(loadScreenNews, isShared);
  const newest = toasts.findLast(({ silent }) => silent !== true);
  if (newest !== undefined) spoken.current = `${newest.title} ${newest.line ?? ""}`;
  return (
    <>
      <ExtraPills call={call} loaders={extraLoaders} />
      {call.room.state.value.kind === "reconnecting" && <ReconnectingPill call={call} />}
      {screens !== undefined && <screens.ScreenNews call={call} board={board} />}
      <p class="unseen" role="status">{spoken.current}</p>
      {toasts.length > 0 && (
        <section
          class="toasts"
          aria-label={words.title}
          onPointerEnter={() => board.hold(true)}
          onPointerLeave={() => board.hold(false)}
          onFocusIn={() => board.hold(true)}
          onFocusOut={() => board.hold(false)}
        >
          {toasts.map((toast) => (
            <div key={toast.key} class={`pill toast toast-${toast.tone}`}>
              <Icon name={toast.icon} size={16} />
              <span>
                <strong>{toast.title}</strong>
                {toast.line !== undefined && <span class="pill-more">{toast.line}</span>}
              </span>
              <button
                type="button"
                class="pill-close"
                aria-label={`${common.close}: ${toast.title}`}
                onClick={(event) => dismiss(event.currentTarget, () => board.drop(toast.key))}
              >
                <Icon name="close" size={16} />
              </button>
            </div>
          ))}
        </section>
      )}
    </>
  );
}

function ReconnectingPill({ call }: { call: Call }): JSX.Element {
  const { pill } = useWords();
  const waits = call.chat.store.value?.entries.value.some((entry) =>
    entry.kind === "line" && entry.delivery === "waiting"
  );
  return (
    <p class="pill" role="status">
      <Icon name="spinner" size={16} class="spin" />
      <span>
        <strong>{pill.reconnecting}</strong>
        {waits && <span class="pill-more">{pill.waiting}</span>}
      </span>
    </p>
  );
}

/** Moves the focus to the next toast, else to the stage. */
function dismiss(key: HTMLElement, drop: () => void): void {
  const keys = [...document.querySelectorAll<HTMLElement>(".toasts .pill-close")];
  const next = keys.find((other) => other !== key) ?? document.getElementById("stage");
  const hadFocus = document.activeElement === key;
  drop();
  if (hadFocus) next?.focus();
}

/** The toast board of this page; Escape clears it, wherever the focus is. */
function useBoard(): ToastBoard {
  const board = useMemo(() =>
    new ToastBoard((ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    }), []);
  useEffect(() => {
    const clear = ({ key }: KeyboardEvent) => {
      if (key !== "Escape") return;
      const isInside = document.activeElement?.closest(".toasts") !== null;
      board.close();
      if (isInside && document.activeElement !== document.body) {
        document.getElementById("stage")?.focus();
      }
    };
    document.addEventListener("keydown", clear);
    return () => {
      document.removeEventListener("keydown", clear);
      board.close();
    };
  }, []);
  return board;
}

/** Tells a returning person what is on or off, until they change it. */
function useReturn({ devices }: Call, board: ToastBoard): void {
  const words = useWords();
  const wish = devices.returned.value;
  useEffect(() => {
    if (wish === undefined) return board.drop("return");
    const isHeard = wish.microphone && wish.muted !== true;
    board.show(news({
      key: "return",
      icon: isHeard ? (wish.camera ? "video" : "video-off") : "microphone-off",
      ...returnWords(wish, words),
    }));
  }, [wish]);
}

/** Devices that are connected, disconnected, or substituted. */
function useDevices({ media, book }: Call, board: ToastBoard): void {
  const words = useWords();
  const { toasts } = words;
  const devices = media.devices.value;
  const known = useRef(devices);
  useEffect(() => {
    const { came, went } = deviceChanges(known.current, devices);
    known.current = devices;
    for (const { label, kind } of went) {
      board.show(news({ key: label, icon: icons[kind], title: fill(toasts.unplugged, { label }) }));
    }
    for (const { label, kind } of came) {
      board.show(news({ key: label, icon: icons[kind], title: fill(toasts.plugged, { label }) }));
    }
  }, [devices]);
  const used = useRef<Record<string, string>>({});
  for (const source of ["camera", "microphone"] as const) {
    const state = media.source(source).value;
    useEffect(() => {
      if (state.kind !== "on") return;
      const before = used.current[source];
      used.current[source] = state.deviceId;
      const title = insteadWords({ state, device: source }, words);
      if (title !== undefined) {
        return void board.show({ key: `use ${source}`, tone: "warn", icon: icons[source], title });
      }
      const isChosen = book.current.peek()[source]?.deviceId === state.deviceId;
      if (before === undefined || before === state.deviceId || isChosen) return;
      const all = [...media.devices.peek().cameras, ...media.devices.peek().microphones];
      const { label = "" } = all.find(({ deviceId }) => deviceId === state.deviceId) ?? {};
      if (label === "") return;
      board.show(news({
        key: `use ${source}`,
        icon: icons[source],
        title: fill(toasts[source === "camera" ? "nowCamera" : "nowMicrophone"], { label }),
      }));
    }, [state]);
  }
}

const icons = { camera: "video", microphone: "microphone", speaker: "speaker" } as const;

function news(toast: Omit<Toast, "tone">): Toast {
  return { tone: "news", ...toast };
}

/** Why a device did not start, and the remedy; the toast expires, the key stays amber. */
function useTrouble({ media }: Call, { board, source }: {
  board: ToastBoard;
  source: "camera" | "microphone";
}): void {
  const words = useWords();
  const state = media.source(source).value;
  const trouble = useModule(loadTrouble, state.kind === "failed");
  useEffect(() => {
    const key = `trouble ${source}`;
    if (state.kind !== "failed") return board.drop(key);
    if (trouble === undefined) return;
    const { failure } = state;
    const said = trouble.explain({ failure, missing: source, ...thisBrowser() }, words);
    board.show({ key, tone: "warn", icon: "alert", ...said });
  }, [state, trouble, words]);
}

/** Closing the browser's picker is not a failure; only real failures are shown. */
function useShareTrouble({ media }: Call, board: ToastBoard): void {
  const { pill } = useWords();
  const screen = media.source("screen").value;
  useEffect(() => {
    if (screen.kind !== "failed" || screen.failure === "denied") return;
    board.show({ key: "share", tone: "warn", icon: "alert", title: pill.shareFailed });
  }, [screen]);
}

/** People and the server; the chat announces these, and shows them while open. */
function useComings({ chat }: Call, { board, wanted }: { board: ToastBoard; wanted: boolean }) {
  const words = useWords();
  const entries = chat.store.value?.entries.value;
  const known = useRef(entries);
  useEffect(() => {
    const before = known.current?.map(({ key }) => key);
    known.current = entries;
    if (!wanted || before === undefined || entries === undefined) return;
    for (const entry of entries.filter(({ key }) => !before.includes(key))) {
      const toast = coming(entry);
      if (toast === undefined || entry.kind !== "happened") continue;
      board.show(news({ ...toast, title: happening(entry, words), silent: true }));
    }
  }, [entries]);
}

function coming(entry: ChatEntry): Pick<Toast, "key" | "icon"> | undefined {
  if (entry.kind !== "happened") return undefined;
  switch (entry.what) {
    case "joined":
      return { key: `person ${entry.name}`, icon: "people" };
    case "left":
    case "lost":
    case "kicked":
      return { key: `person ${entry.name}`, icon: "left" };
    case "server-back":
      return { key: "server", icon: "check" };
    // The pill shows this.
    case "server-lost":
    case "entered":
    case "gap":
    case "missing":
      return undefined;
    default:
      return entry.what satisfies never;
  }
}
