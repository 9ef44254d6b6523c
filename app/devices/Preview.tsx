import type { ComponentChildren, JSX } from "preact";
import type { SourceState } from "../../mesh/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { loadPreviewTrouble } from "./lazy.ts";
import { TrackVideo } from "../ui/TrackVideo.tsx";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";

/** The own picture with its two switches. */
export interface PreviewProps {
  readonly camera: SourceState;
  readonly microphone: SourceState;
  /** The browser is asking for permission. */
  readonly asks: boolean;
  /** Of the room's link. */
  readonly secret: string | undefined;
  readonly onCamera: () => void;
  readonly onMicrophone: () => void;
  readonly onRetry: () => void;
}

/** The own picture, mirrored; or why there is none. */
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
  { camera, microphone, asks, secret, onRetry }: PreviewProps,
): JSX.Element | null {
  const words = useWords();
  const trouble = useModule(loadPreviewTrouble, camera.kind === "failed");
  if (camera.kind === "on") return null;
  if (camera.kind !== "failed") {
    const { cameraStarting, cameraOff } = words.before;
    const waiting = asks ? words.entering.asks : cameraStarting;
    return <p class="preview-words">{camera.kind === "starting" ? waiting : cameraOff}</p>;
  }
  return trouble === undefined ? null : (
    <trouble.PreviewTrouble
      failure={camera.failure}
      {...{ microphone, secret, onRetry }}
    />
  );
}
