import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../state/mod.ts";
import { Announcer } from "./Announcer.tsx";
import { Bar, CallTime, type OpenPanel, panelKeyIds } from "./Bar.tsx";
import { chatBoxId } from "./ChatBox.tsx";
import { ChatPanel } from "./ChatPanel.tsx";
import { FileDrop } from "./Files.tsx";
import { Icon } from "./Icon.tsx";
import { PeoplePanel } from "./PeoplePanel.tsx";
import { Pill } from "./Pill.tsx";
import { Stage } from "./Stage.tsx";
import { explain } from "./trouble.ts";
import { Voices } from "./Voices.tsx";
import { counted } from "./phrases.ts";
import { useWords } from "./words.ts";

/** The room as one is in it. `writes`: came to write, so the chat is open. */
export interface RoomProps {
  readonly call: Call;
  readonly room: string;
  readonly link: string;
  readonly writes: boolean;
}

const pillMs = 8_000;

/** Stage, bar and panels. */
export function Room({ call, room: name, link, writes }: RoomProps): JSX.Element | null {
  const [panel, setPanel] = usePanel(call, writes ? "chat" : "none");
  const state = call.room.state.value;
  useEffect(() => document.getElementById(writes ? chatBoxId : "stage")?.focus(), []);
  if (state.kind !== "joined" && state.kind !== "reconnecting") return null;
  const toggle = (wanted: "chat" | "people") => setPanel(panel === wanted ? "none" : wanted);
  const close = () => {
    // The key under the closed panel, or its stand-in on phones, takes the focus back.
    const key = panel === "none" ? null : document.getElementById(panelKeyIds[panel]);
    setPanel("none");
    (key?.offsetParent ? key : document.getElementById("stage"))?.focus();
  };
  return (
    <div class={`room panel-${panel}`}>
      <PhoneHeader call={call} room={name} onPeople={() => toggle("people")} />
      <Stage call={call} selfId={state.selfId} link={link} />
      <div class="pills">
        {state.kind === "reconnecting" && <ReconnectingPill call={call} />}
        <DeviceTrouble call={call} source="camera" />
        <DeviceTrouble call={call} source="microphone" />
        <ShareTrouble call={call} />
        <Voices call={call} />
      </div>
      <Bar
        call={call}
        room={name}
        link={link}
        panel={panel}
        onPanel={toggle}
      />
      <ChatPanel
        call={call}
        shown={panel === "chat"}
        extra={<PhoneMute call={call} />}
        onOpen={() => setPanel("chat")}
        onClose={close}
      />
      {panel === "people" && (
        <PeoplePanel call={call} selfId={state.selfId} link={link} onClose={close} />
      )}
      <Announcer chat={call.chat} />
      <FileDrop call={call} onFiles={() => setPanel("chat")} />
    </div>
  );
}

/** The open panel; what is open is seen, and where there is a keyboard the focus goes into it. */
function usePanel(
  call: Call,
  first: OpenPanel,
): [panel: OpenPanel, setPanel: (panel: OpenPanel) => void] {
  const [panel, setPanel] = useState<OpenPanel>(first);
  useEffect(() => {
    call.chat.setSeen(panel === "chat");
    // On touch screens the focus would bring up a keyboard nobody asked for.
    if (panel === "chat" && !matchMedia("(pointer: coarse)").matches) {
      document.getElementById(chatBoxId)?.focus();
    }
    if (panel === "people") document.getElementById("people-title")?.focus();
  }, [panel]);
  return [panel, setPanel];
}

/** Why a device did not start, with the way out; it goes away by itself, the key stays amber. */
function DeviceTrouble({ call, source }: {
  call: Call;
  source: "camera" | "microphone";
}): JSX.Element | null {
  const words = useWords();
  const state = call.media.source(source).value;
  const [over, setOver] = useState<typeof state>();
  useEffect(() => {
    const timer = setTimeout(() => setOver(state), pillMs);
    return () => clearTimeout(timer);
  }, [state]);
  if (state.kind !== "failed" || state === over) return null;
  const { userAgent } = navigator;
  const { title, line } = explain({ failure: state.failure, missing: source, userAgent }, words);
  return <Pill icon={<Icon name="alert" size={16} />} title={title}>{line}</Pill>;
}

function ReconnectingPill({ call }: { call: Call }): JSX.Element {
  const { pill } = useWords();
  const waits = call.chat.entries.value.some((entry) =>
    entry.kind === "said" && entry.delivery === "waiting"
  );
  return (
    <Pill icon={<Icon name="spinner" size={16} class="spin" />} title={pill.reconnecting}>
      {waits ? pill.waiting : undefined}
    </Pill>
  );
}

/** A person who closes the browser's own picker changed their mind; only real failures are told. */
function ShareTrouble({ call }: { call: Call }): JSX.Element | null {
  const { pill } = useWords();
  const screen = call.media.source("screen").value;
  if (screen.kind !== "failed" || screen.failure === "denied") return null;
  return <Pill icon={<Icon name="alert" size={16} />} title={pill.shareFailed} />;
}

function PhoneHeader({ call, room: name, onPeople }: {
  call: Call;
  room: string;
  onPeople: () => void;
}): JSX.Element {
  const { room, common } = useWords();
  const count = call.room.peers.value.length + 1;
  return (
    <header class="phone-header">
      <p>
        <strong class="room-name" translate={false}>{name}</strong>
        <span>
          {counted(room.people, { count, locale: common.locale })} · <CallTime call={call} />
        </span>
      </p>
      <button type="button" class="quiet-key" aria-label={room.peoplePanel} onClick={onPeople}>
        <Icon name="people" size={22} />
      </button>
    </header>
  );
}

/** On phones the chat covers the bar; the microphone stays in reach. */
function PhoneMute({ call }: { call: Call }): JSX.Element {
  const { room } = useWords();
  const on = call.media.source("microphone").value.kind === "on" && !call.muted.value;
  return (
    <button
      type="button"
      class="quiet-key panel-mute"
      aria-label={on ? room.mute : room.unmute}
      onClick={() => call.toggleMicrophone()}
    >
      {on ? <Icon name="microphone" /> : <Icon name="microphone-off" class="bad" />}
    </button>
  );
}
