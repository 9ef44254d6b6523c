import "./shared.ts";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../state/mod.ts";
import { Bar, CallTime, type OpenPanel, panelKeyIds } from "./Bar.tsx";
import { Icon } from "./Icon.tsx";
import { type LaterParts, useLaterParts } from "./later.ts";
import { Pill } from "./Pill.tsx";
import { Stage } from "./Stage.tsx";
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

/** First come the pictures: panels are fetched so long after a link, or after joining where there is none. */
const panelsMs = { linked: 300, joined: 1_000 };

/** Stage, bar and panels. */
export function Room({ call, room: name, link, writes }: RoomProps): JSX.Element | null {
  const [panel, setPanel] = usePanel(call, writes ? "chat" : "none");
  const parts = useLaterParts(useSettled(call) || panel !== "none");
  const state = call.room.state.value;
  useEffect(() => document.getElementById("stage")?.focus(), []);
  if (state.kind !== "joined" && state.kind !== "reconnecting") return null;
  const toggle = (wanted: Exclude<OpenPanel, "none">) =>
    setPanel(panel === wanted ? "none" : wanted);
  const close = () => {
    // The key under the closed panel, or its stand-in on phones, takes the focus back.
    const key = panel === "none" ? null : document.getElementById(panelKeyIds[panel]);
    setPanel("none");
    (key?.offsetParent ? key : document.getElementById("stage"))?.focus();
  };
  return (
    <div class={`room panel-${panel}`}>
      <PhoneHeader call={call} room={name} onPeople={() => toggle("people")} parts={parts} />
      <Stage
        call={call}
        selfId={state.selfId}
        link={link}
        parts={parts}
        onWhy={() => setPanel("links")}
      />
      <div class="pills">
        {state.kind === "reconnecting" && <ReconnectingPill call={call} />}
        {parts !== undefined && <parts.Troubles call={call} />}
        <Voices call={call} />
      </div>
      <Bar
        call={call}
        room={name}
        link={link}
        selfId={state.selfId}
        panel={panel}
        onPanel={toggle}
        parts={parts}
      />
      {parts !== undefined && (
        <parts.ChatPanel
          call={call}
          room={name}
          shown={panel === "chat"}
          extra={<parts.PhoneMute call={call} />}
          onOpen={() => setPanel("chat")}
          onClose={close}
        />
      )}
      {parts !== undefined && panel === "people" && (
        <parts.PeoplePanel call={call} selfId={state.selfId} link={link} onClose={close} />
      )}
      {parts !== undefined && panel === "links" && (
        <parts.LinksPanel call={call} selfId={state.selfId} onClose={close} />
      )}
      {parts !== undefined && <parts.FileDrop call={call} onFiles={() => setPanel("chat")} />}
    </div>
  );
}

/** The open panel; what is open is seen. */
function usePanel(
  call: Call,
  first: OpenPanel,
): [panel: OpenPanel, setPanel: (panel: OpenPanel) => void] {
  const [panel, setPanel] = useState<OpenPanel>(first);
  useEffect(() => {
    const look = () => call.chat.setSeen(panel === "chat" && !document.hidden);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [panel]);
  return [panel, setPanel];
}

/** Whether there is time for everything else: at once for who is alone, else after the first pictures. */
function useSettled(call: Call): boolean {
  const peers = call.room.peers.value;
  const linked = peers.some(({ link }) => link.value.kind === "connected");
  const [settled, setSettled] = useState(peers.length === 0);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), linked ? panelsMs.linked : panelsMs.joined);
    return () => clearTimeout(timer);
  }, [linked]);
  return settled;
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

function PhoneHeader({ call, room: name, onPeople, parts }: {
  call: Call;
  room: string;
  onPeople: () => void;
  parts: LaterParts | undefined;
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
      {parts && <parts.FlipKey call={call} class="quiet-key" />}
      <button type="button" class="quiet-key" aria-label={room.peoplePanel} onClick={onPeople}>
        <Icon name="people" size={22} />
      </button>
    </header>
  );
}
