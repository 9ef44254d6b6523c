import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Bar } from "./Bar.tsx";
import type { OpenPanel } from "./open_panel.ts";
import { useLateRoom } from "./lazy.ts";
import { Stage, Voices } from "../stage/views.ts";

/** `writes`: the person came to write, so the chat opens. */
export interface RoomProps {
  readonly call: Call;
  readonly room: string;
  readonly link: string;
  readonly writes: boolean;
}

/**
 * Pictures load first: the delay of the panels after the first connection, or after joining alone.
 */
const panelsMs = { linked: 300, joined: 1_000 };

/** Stage, bar and panels. */
export function Room({ call, room: name, link, writes }: RoomProps): JSX.Element | null {
  const [panel, setPanel] = useState<OpenPanel>(writes ? "chat" : "none");
  const loadsLate = useSettled(call) || panel !== "none";
  const late = useLateRoom(loadsLate);
  const state = call.room.state.value;
  useLayoutEffect(() => document.getElementById("stage")?.focus(), []);
  useEffect(() => void (loadsLate && call.chat.ready()), [loadsLate]);
  if (state.kind !== "joined" && state.kind !== "reconnecting") return null;
  const toggle = (wanted: Exclude<OpenPanel, "none">) =>
    setPanel(panel === wanted ? "none" : wanted);
  const close = () => {
    setPanel("none");
    focusKeyOf(panel);
  };
  const inside = { call, room: name, link, panel, selfId: state.selfId };
  const keys = { ...inside, onPanel: toggle };
  return (
    <div class={`room panel-${panel}`}>
      <header class="phone-header notranslate" translate={false}>
        {late && <late.PhoneHeader call={call} room={name} onPeople={() => toggle("people")} />}
      </header>
      <Stage
        call={call}
        selfId={state.selfId}
        slots={late?.stageSlots(call, { ...inside, onWhy: () => setPanel("links") })}
      />
      <div class="pills notranslate" translate={false}>
        {late !== undefined && <late.Toasts call={call} panel={panel} />}
        {late && <late.ProgramNews />}
        {late && <late.TrustNotices call={call} link={link} onPeople={() => setPanel("people")} />}
        {late !== undefined && <late.TalkHints call={call} />}
        {late && (
          <late.LateKnocks call={call} room={name} notices={late} listed={panel === "people"} />
        )}
        <Voices call={call} />
      </div>
      <Bar
        call={call}
        about={late && <late.RoomKeys {...keys} />}
        tools={late && <late.ToolKeys {...keys} />}
        panels={late && <late.PanelKeys {...keys} />}
        shortcutLabel={late?.keyLabel}
      />
      {late !== undefined && (
        <late.ChatPanel
          call={call}
          room={name}
          shown={panel === "chat"}
          extra={<late.PhoneMute call={call} />}
          onOpen={() => setPanel("chat")}
          onClose={close}
        />
      )}
      {late !== undefined && <late.SidePanels {...inside} onPanel={setPanel} onClose={close} />}
      {late && <late.BrowserTab call={call} />}
      {late && <late.Shortcuts call={call} panel={panel} onPanel={toggle} onClose={close} />}
      {late !== undefined && <late.FileDrop call={call} onFiles={() => setPanel("chat")} />}
    </div>
  );
}

/** The key of a closed panel, or its phone equivalent, takes the focus back. */
function focusKeyOf(panel: OpenPanel): void {
  // The invitation opens from the people panel, or from a menu that is closed by then.
  const key = document.getElementById(`key-${panel === "invite" ? "people" : panel}`);
  (key?.offsetParent ? key : document.getElementById("stage"))?.focus();
}

/** Whether to load the rest: at once if alone, else after the first pictures. */
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
