import { useEffect, useMemo, useState } from "preact/hooks";
import { effect } from "@preact/signals";
import type { JSX } from "preact";
import {
  EnteringHeader,
  EnteringPage,
  type JoinChoices,
  Joining,
  type JoiningHelpProps,
  type Purpose,
} from "../app/enter/views.ts";
import { LateImportContext, useDelay, useModule } from "../app/ui/use_module.ts";
import { PageShell } from "../app/ui/PageShell.tsx";
import type { RoomProps } from "../app/room/views.ts";
import {
  atRoom,
  browserClock,
  lateImport,
  type LeftReason,
  LocalMedia,
  type OpenSocket,
  RoomSession,
  type SessionState,
  watchLevel,
} from "../mesh/mod.ts";
import type { WarmSocket } from "../mesh/signaling/warm_socket.ts";
import { loadJoiningHelp, loadLinkTrouble } from "../app/enter/lazy.ts";
import {
  loadEmbedding,
  loadKeptFiles,
  loadLateRoom,
  loadRoom,
  loadSealedRoom,
  loadWarmSocket,
} from "../app/lazy.ts";
import { Call } from "../app/call/mod.ts";
import {
  type JoinLink,
  type LinkTrouble,
  readJoinLink,
  readLaterLink,
  readLink,
} from "../app/enter/mod.ts";
import type { Language } from "../app/ui/words/mod.ts";
import { IntentMemory, isBrowserBack, tabStorage } from "../app/devices/mod.ts";
import { roomLink } from "../app/ui/base.ts";
import { Page } from "../app/ui/page.ts";
import { browserStorage } from "../app/ui/preferences.ts";
import { attempt } from "../app/ui/this_browser.ts";

/**
 * From the server: the room's canonical name, the browser's language, whether the link joins at
 * once. `base`: see app/ui/base.ts.
 */
export interface RoomIslandProps {
  readonly room: string;
  readonly language: Language;
  readonly joinsAtOnce: boolean;
  readonly base: string;
}

function socketAddress(base: string): string {
  return new URL(`${base}/ws`, location.href).href.replace(/^http/, "ws");
}

declare global {
  /** The socket that static/boot.js opens for a link that joins at once, until it is used. */
  var earlySocket: WebSocket | undefined;
}

function takeEarlySocket(): WebSocket | undefined {
  const socket = self.earlySocket;
  self.earlySocket = undefined;
  // The server closes a socket that says nothing for some seconds.
  return socket !== undefined && socket.readyState <= WebSocket.OPEN ? socket : undefined;
}

/** Opens sockets in advance, until the first one is needed; their code loads on demand. */
function warmSockets(url: string): { warm: () => void; openSocket: OpenSocket } {
  let sockets: WarmSocket | undefined;
  let isNeeded = false;
  return {
    warm: () =>
      void lateImport(loadWarmSocket).then(({ WarmSocket }) => {
        // The request or this code may be late: the socket may be needed already.
        if (isNeeded) return;
        sockets ??= new WarmSocket(browserClock);
        sockets.warm(url);
      }),
    openSocket: (...address) => {
      isNeeded = true;
      return takeEarlySocket() ?? sockets?.take(...address) ?? new WebSocket(...address);
    },
  };
}

function openCall(page: Page, { joinLink, room, base, intent }: {
  joinLink: JoinLink;
  room: string;
  base: string;
  intent: IntentMemory;
}): Call {
  const { now, date, after } = browserClock;
  const relayOnly = joinLink.relay || page.book.current.value.relayOnly;
  const url = socketAddress(base);
  const { warm, openSocket } = warmSockets(atRoom(url, room));
  return new Call({
    session: new RoomSession({ url, relayOnly, openSocket }),
    media: new LocalMedia(),
    book: page.book,
    keys: page.keys,
    watchLevel,
    after,
    now,
    date,
    intent,
    warm,
  });
}

/** A visit to a room, from the page before joining to the page after leaving. */
export function RoomIsland(props: RoomIslandProps): JSX.Element {
  const { room, language, joinsAtOnce, base } = props;
  const page = useMemo(() => new Page(language, browserStorage()), []);
  const [purpose, setPurpose] = useState<Purpose>("talk");
  const enter = (visit: Call, { purpose, ...choices }: JoinChoices) => {
    setPurpose(purpose);
    visit.join({ room, ...choices });
  };
  const [openedLink, setOpenedLink] = useState<JoiningHelpProps["openedLink"]>();
  const [trouble, setTrouble] = useState<LinkTrouble>();
  const call = useCall(page, { room, base, enter, onKeys: setOpenedLink, onTrouble: setTrouble });
  // The room's code loads during the page before joining, or while the link joins.
  const loadsRoom = useDelay(joinsAtOnce ? 0 : codeMs);
  useModule(loadRoom, loadsRoom);
  const state: SessionState = call?.room.state.value ?? { kind: "idle" };
  const enters = state.kind === "idle" || state.kind === "joining";
  const inside = state.kind === "joined" || state.kind === "reconnecting";
  const secret = call?.secret.value;
  useModule(loadSealedRoom, loadsRoom && secret !== undefined);
  const link = inside ? new URL(roomLink({ base, room, secret }), location.href).href : "";
  return (
    <LateImportContext.Provider value={lateImport}>
      <PageShell
        page={page}
        base={base}
        header={!inside && (
          <EnteringHeader
            page={page}
            call={call}
            waits={joinsAtOnce && enters && trouble === undefined}
          />
        )}
      >
        {call && (enters || openedLink) && (
          <WhileJoining call={call} room={room} openedLink={openedLink} />
        )}
        {inside && call !== undefined && (
          <Inside call={call} room={room} link={link} writes={purpose === "write"} />
        )}
        {state.kind === "left" && call !== undefined && <Ended call={call} reason={state.reason} />}
        {trouble !== undefined && <Troubled trouble={trouble} />}
        {enters && trouble === undefined && (
          <EnteringPage
            room={room}
            call={call}
            book={page.book}
            joinsAtOnce={joinsAtOnce}
            onJoin={(choices) => call !== undefined && enter(call, choices)}
          />
        )}
      </PageShell>
    </LateImportContext.Provider>
  );
}

/** The delay that lets the page before joining load first, ms. */
const codeMs = 300;

function Inside(props: RoomProps): JSX.Element | null {
  const module = useModule(loadRoom, true);
  return module === undefined ? <Joining room={props.room} /> : <module.Room {...props} />;
}

/** The delay before its code is prefetched, ms: later there may be no network. */
const helpMs = 5_000;

function WhileJoining(props: JoiningHelpProps): JSX.Element | null {
  const wanted = useDelay(helpMs) || props.openedLink !== undefined;
  const module = useModule(loadJoiningHelp, wanted);
  return module === undefined ? null : <module.JoiningHelp {...props} />;
}

function Ended({ call, reason }: { call: Call; reason: LeftReason }): JSX.Element | null {
  // Loaded with the room, so that a person without network can still read why.
  const late = useModule(loadLateRoom, true);
  return late === undefined ? null : <late.LeftPage call={call} reason={reason} />;
}

function Troubled({ trouble }: { trouble: LinkTrouble }): JSX.Element | null {
  const module = useModule(loadLinkTrouble, true);
  return module === undefined ? null : <module.LinkTroublePage trouble={trouble} />;
}

/** The call of this page; undefined on the server and before the first effect. */
function useCall(
  page: Page,
  { room, base, enter, onKeys, onTrouble }: {
    room: string;
    base: string;
    enter: (call: Call, choices: JoinChoices) => void;
    onKeys: (openedLink: JoiningHelpProps["openedLink"]) => void;
    onTrouble: (trouble: LinkTrouble) => void;
  },
): Call | undefined {
  const [call, setCall] = useState<Call>();
  useEffect(() => {
    removeLeftovers();
    const joinLink = readJoinLink(location.search);
    const intent = new IntentMemory(tabStorage(window), room);
    const { wish, returns } = intent.recall(joinLink, isBrowserBack());
    const visit = openCall(page, { joinLink, room, base, intent });
    const link = { room, keys: page.keys, onKeys };
    const trouble = readLink(visit, link);
    const read = () => readLaterLink(visit, link);
    const listening = new AbortController();
    const { signal } = listening;
    setCall(visit);
    const name = (joinLink.name ?? page.book.current.value.name) || page.words.value.common.guest;
    const purpose = wish.camera || wish.microphone ? "talk" : "write";
    if (trouble !== undefined) onTrouble(trouble);
    else if (joinLink.join) {
      enter(visit, { name, wish, purpose, from: returns ? "before" : "link" });
    } else visit.devices.preview(wish, returns);
    const undo = page.show(document.documentElement);
    const undoFrame = speakWithFrame(visit);
    // The page may return from the back/forward cache, so this leaves but does not close.
    addEventListener("pagehide", () => visit.session.leave(), { signal });
    addEventListener("hashchange", read, { signal });
    addEventListener("pageshow", ({ persisted }) => persisted && read(), { signal });
    return () => {
      listening.abort();
      undo();
      undoFrame();
      visit.close();
    };
  }, []);
  return call;
}

/** Reports to the embedding page, if there is one. */
function speakWithFrame(call: Call): () => void {
  if (parent === self) return () => {};
  let undo = () => {};
  let isOver = false;
  void lateImport(loadEmbedding).then(({ embed }) => {
    const post = (message: unknown, origin: string) => parent.postMessage(message, origin);
    if (!isOver) undo = embed(call, { frame: window, post, runs: effect });
  });
  return () => {
    isOver = true;
    undo();
  };
}

/**
 * Removes files that a closed page has left on the disk; mesh/files/kept_files.ts sets the mark.
 */
function removeLeftovers(): void {
  if (attempt(() => browserStorage()?.getItem("parley.files")) == null) return;
  void lateImport(loadKeptFiles).then((late) => late.sweepKeptFiles());
}
