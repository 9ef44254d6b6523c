import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call, SourceState } from "../state/mod.ts";
import { Icon } from "./Icon.tsx";
import { Pill } from "./Pill.tsx";
import { explain } from "./trouble.ts";
import { useWords } from "./words.ts";

const pillMs = 8_000;

/** What does not work of the way to the server and of one's own devices, over the stage. */
export function Troubles({ call }: { call: Call }): JSX.Element {
  return (
    <>
      {call.room.state.value.kind === "reconnecting" && <ReconnectingPill call={call} />}
      <DeviceTrouble call={call} source="camera" />
      <DeviceTrouble call={call} source="microphone" />
      <ShareTrouble call={call} />
    </>
  );
}

/** Why a device did not start, with the way out; it goes away by itself, the key stays amber. */
function DeviceTrouble({ call, source }: {
  call: Call;
  source: "camera" | "microphone";
}): JSX.Element | null {
  const words = useWords();
  const state = call.media.source(source).value;
  const isOld = useOld(state);
  if (state.kind !== "failed" || isOld) return null;
  const trouble = { failure: state.failure, missing: source, userAgent: navigator.userAgent };
  const { title, line } = explain(trouble, words);
  return <Pill icon={<Icon name="alert" size={16} />} title={title}>{line}</Pill>;
}

/** A person who closes the browser's own picker changed their mind; only real failures are told. */
function ShareTrouble({ call }: { call: Call }): JSX.Element | null {
  const { pill } = useWords();
  const screen = call.media.source("screen").value;
  const isOld = useOld(screen);
  if (screen.kind !== "failed" || screen.failure === "denied" || isOld) return null;
  return <Pill icon={<Icon name="alert" size={16} />} title={pill.shareFailed} />;
}

/** Whether a state has been there so long that enough was said of it. */
function useOld(state: SourceState): boolean {
  const [old, setOld] = useState<SourceState>();
  useEffect(() => {
    const timer = setTimeout(() => setOld(state), pillMs);
    return () => clearTimeout(timer);
  }, [state]);
  return state === old;
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
