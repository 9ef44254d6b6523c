import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../state/mod.ts";
import { Icon } from "./Icon.tsx";
import { Pill } from "./Pill.tsx";
import { useReturns } from "./device_returns.ts";
import { useShell } from "./use_shell.ts";
import { thisBrowser } from "./this_browser.ts";
import { explain } from "./trouble.ts";
import { useDeviceNews } from "./use_device_news.ts";
import { useWords } from "./words.ts";

const pillMs = 8_000;

/** What does not work of one's own devices, over the stage. */
export function Troubles({ call }: { call: Call }): JSX.Element {
  useReturns(call);
  useShell({ keepsCode: true });
  const news = useDeviceNews(call);
  return (
    <>
      <DeviceTrouble call={call} source="camera" />
      <DeviceTrouble call={call} source="microphone" />
      <ShareTrouble call={call} />
      {news !== undefined && <Pill icon={<Icon name="headphones" size={16} />} title={news} />}
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
  const [over, setOver] = useState<typeof state>();
  useEffect(() => {
    const timer = setTimeout(() => setOver(state), pillMs);
    return () => clearTimeout(timer);
  }, [state]);
  if (state.kind !== "failed" || state === over) return null;
  const trouble = { failure: state.failure, missing: source, ...thisBrowser() };
  const { title, line } = explain(trouble, words);
  return <Pill icon={<Icon name="alert" size={16} />} title={title}>{line}</Pill>;
}

/** A person who closes the browser's own picker changed their mind; only real failures are told. */
function ShareTrouble({ call }: { call: Call }): JSX.Element | null {
  const { pill } = useWords();
  const screen = call.media.source("screen").value;
  if (screen.kind !== "failed" || screen.failure === "denied") return null;
  return <Pill icon={<Icon name="alert" size={16} />} title={pill.shareFailed} />;
}
