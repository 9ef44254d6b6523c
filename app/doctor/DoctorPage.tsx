import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ReadonlySignal } from "@preact/signals";
import type { DeviceFinding, DoctorReport } from "./doctor_store.ts";
import { CopyLink } from "../ui/CopyLink.tsx";
import { deviceRows, networkRows, reportText, type Row, verdictOf } from "./doctor_verdicts.ts";
import { Icon } from "../ui/Icon.tsx";
import { thisBrowser } from "../ui/this_browser.ts";
import { TrackVideo } from "../ui/TrackVideo.tsx";
import { useWords } from "../ui/words.ts";
import type { DoctorWords } from "../ui/words/mod.ts";

/** What the page shows and asks for. `watch`: see mesh/media/levels.ts. */
export interface DoctorPageProps {
  readonly report: ReadonlySignal<DoctorReport>;
  readonly words: DoctorWords;
  readonly onAgain: () => void;
  readonly onTry: () => void;
  readonly watch: (track: MediaStreamTrack, onLevel: (level: number) => void) => () => void;
}

const marks = { good: "check", poor: "alert", bad: "close" } as const;

/** Checks of everything a call needs, each with its remedy. */
export function DoctorPage(
  { report, words: own, onAgain, onTry, watch }: DoctorPageProps,
): JSX.Element {
  const words = useWords();
  const browser = thisBrowser();
  const { camera, microphone } = report.value;
  const network = networkRows(report.value, { own, states: words.links.state });
  const devices = deviceRows(report.value, { words, own, browser });
  const rows = [...network, ...devices];
  const verdict = verdictOf(rows);
  return (
    <main class="desk">
      <h1>{own.title}</h1>
      <p class="desk-lead">{own.lead}</p>
      <p class={`desk-summary desk-${verdict}`} role="status">
        <Mark verdict={verdict} />
        {own.summary[verdict]}
      </p>
      <Rows rows={network} words={own} />
      <section class="desk-section" aria-labelledby="devices-title">
        <h2 id="devices-title">{own.devices.title}</h2>
        {devices.length === 0 ? <p class="dim">{own.devices.line}</p> : (
          <>
            <Rows rows={devices} words={own} />
            <Trial camera={camera} microphone={microphone} words={own} watch={watch} />
          </>
        )}
        <button type="button" class="secondary" onClick={onTry}>
          <Icon name="video" />
          {own.devices.action}
        </button>
      </section>
      <div class="desk-keys">
        <button type="button" class="primary" onClick={onAgain} disabled={verdict === "running"}>
          {own.again}
        </button>
        <CopyLink
          class="secondary"
          icon={<Icon name="copy" />}
          link={reportText(rows, { words: own, browser: browser.userAgent })}
        >
          {own.copy}
        </CopyLink>
      </div>
    </main>
  );
}

function Rows({ rows, words }: { rows: readonly Row[]; words: DoctorWords }): JSX.Element {
  return (
    <ul class="desk-rows">
      {rows.map(({ key, verdict, title, line }) => (
        <li key={key} data-check={key} data-verdict={verdict}>
          <Mark verdict={verdict} />
          <span class="desk-words">
            <strong>{title}</strong>
            <span>{line}</span>
          </span>
          <span class="unseen">{words.verdict[verdict]}</span>
        </li>
      ))}
    </ul>
  );
}

function Mark({ verdict }: { verdict: Row["verdict"] }): JSX.Element {
  return (
    <span class={`desk-mark desk-${verdict}`}>
      {verdict === "running"
        ? <Icon name="spinner" class="spin" />
        : verdict === "open"
        ? <Icon name="clock" />
        : <Icon name={marks[verdict]} />}
    </span>
  );
}

/** Shows the camera's picture and the microphone's level. */
function Trial({ camera, microphone, words, watch }: {
  camera: DeviceFinding;
  microphone: DeviceFinding;
  words: DoctorWords;
  watch: DoctorPageProps["watch"];
}): JSX.Element {
  return (
    <div class="desk-trial">
      {camera.kind === "good" && (
        <TrackVideo track={camera.track} label={words.devices.preview} class="mirrored" />
      )}
      {microphone.kind === "good" && <Level track={microphone.track} watch={watch} />}
    </div>
  );
}

function Level({ track, watch }: {
  track: MediaStreamTrack;
  watch: DoctorPageProps["watch"];
}): JSX.Element {
  const [level, setLevel] = useState(0);
  useEffect(() => watch(track, setLevel), [track]);
  const lit = Math.round(level * bars.length);
  return (
    <span class="desk-level" aria-hidden="true">
      {bars.map((index) => <span key={index} class={index < lit ? "lit" : undefined} />)}
    </span>
  );
}

const bars = Array.from({ length: 28 }, (_, index) => index);
