import type { ComponentChildren, JSX } from "preact";
import type { SourceState } from "../state/mod.ts";
import { CopyLink } from "./CopyLink.tsx";
import { DoctorLink } from "./DoctorLink.tsx";
import { Icon } from "./Icon.tsx";
import { thisBrowser } from "./this_browser.ts";
import { TrackVideo } from "./TrackVideo.tsx";
import { useLaterParts } from "./later.ts";
import { useWords } from "./words.ts";

/** Own picture and the two switches over it. */
export interface PreviewProps {
  readonly camera: SourceState;
  readonly microphone: SourceState;
  /** The browser waits for the person's answer. */
  readonly asks: boolean;
  readonly onCamera: () => void;
  readonly onMicrophone: () => void;
  readonly onRetry: () => void;
}

/** What the others will see, mirrored as people know themselves; or why there is nothing to see. */
export function Preview(props: PreviewProps): JSX.Element {
  const { before } = useWords();
  const { camera, microphone } = props;
  return (
    <div class="preview">
      {camera.kind === "on" && (
        <>
          <TrackVideo track={camera.track} label={before.preview} class="mirrored" />
          <span class="plate preview-plate">
            <Icon name="mirrored" size={16} />
            {before.mirrored}
          </span>
        </>
      )}
      <PreviewWords {...props} />
      <div class="preview-keys">
        <Switch
          label={before.turnMicrophone}
          state={microphone.kind}
          on={<Icon name="microphone" size={22} />}
          off={<Icon name="microphone-off" size={22} />}
          onPress={props.onMicrophone}
        />
        <Switch
          label={before.turnCamera}
          state={camera.kind}
          on={<Icon name="video" size={22} />}
          off={<Icon name="video-off" size={22} />}
          onPress={props.onCamera}
        />
      </div>
    </div>
  );
}

function Switch({ label, state, on, off, onPress }: {
  label: string;
  state: SourceState["kind"];
  on: ComponentChildren;
  off: ComponentChildren;
  onPress: () => void;
}): JSX.Element {
  const isOn = state === "on" || state === "starting";
  return (
    <button
      type="button"
      class={isOn ? "stage-key" : "stage-key stage-key-off"}
      aria-label={label}
      aria-pressed={isOn}
      title={label}
      onClick={onPress}
    >
      {isOn ? on : off}
    </button>
  );
}

function PreviewWords(
  { camera, microphone, asks, onRetry }: PreviewProps,
): JSX.Element | null {
  const words = useWords();
  const parts = useLaterParts(camera.kind === "failed");
  if (camera.kind === "on") return null;
  if (camera.kind !== "failed") {
    const { cameraStarting, cameraOff } = words.before;
    const waiting = asks ? words.entering.asks : cameraStarting;
    return <p class="preview-words">{camera.kind === "starting" ? waiting : cameraOff}</p>;
  }
  if (parts === undefined) return null;
  const { failure } = camera;
  const both = microphone.kind === "failed" && microphone.failure === failure;
  const said = parts.explain(
    { failure, missing: both ? "both" : "camera", ...thisBrowser() },
    words,
  );
  return (
    <div class="preview-trouble" role="status">
      <span class="trouble-icon">
        <Icon name="camera-off" size={28} />
      </span>
      <h2>{said.title}</h2>
      <p>{inOne(said.line, words.trouble.goOn)}</p>
      {said.retry
        ? (
          <button type="button" class="stage-button" onClick={onRetry}>
            <Icon name="refresh" />
            {words.common.tryAgain}
          </button>
        )
        : (
          <CopyLink link={location.href} class="stage-button" icon={<Icon name="link" />}>
            {words.common.copyLink}
          </CopyLink>
        )}
      <DoctorLink />
    </div>
  );
}

/** Two sentences; full-width punctuation brings its own space. */
function inOne(first: string, second: string): string {
  return `${first}${first.endsWith("。") ? "" : " "}${second}`;
}
