import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { DeviceList, SourceState } from "../../mesh/mod.ts";
import {
  DevicePicker,
  type SoundTrial,
  type Trying,
  useDeviceNews,
  useSoundCheck,
} from "../devices/views.ts";
import { Icon } from "../ui/Icon.tsx";
import { loadDeviceWords, loadPictureKey, loadTrouble } from "../devices/lazy.ts";
import { useDelay, useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";

/** `call` is undefined until the browser has created it. */
export interface PickersProps {
  readonly call: Call | undefined;
  readonly camera: SourceState;
  readonly microphone: SourceState;
}

const noDevices: DeviceList = { cameras: [], microphones: [], speakers: [] };

/** Pickers for camera, microphone and speaker, tests for the latter two, and a status line. */
export function Pickers(props: PickersProps): JSX.Element {
  const words = useWords();
  const { before, entering } = words;
  const { call, camera, microphone } = props;
  const devices = call?.media.devices.value ?? noDevices;
  const trial = useSoundCheck(call);
  const news = useDeviceNews(call);
  const trouble = useModule(loadTrouble, camera.kind === "failed" || microphone.kind === "failed");
  const troubleOf = (device: "camera" | "microphone") =>
    props[device].kind === "failed"
      ? trouble?.troubleShort({ failure: props[device].failure, device }, words)
      : undefined;
  const canChooseSpeaker = call !== undefined && "setSinkId" in HTMLMediaElement.prototype;
  return (
    <>
      <CameraPicker call={call} camera={camera} trouble={troubleOf("camera")} />
      <Tried
        label={entering.tryMicrophone}
        busy={trial.trying.kind === "recording" || trial.trying.kind === "playing"}
        disabled={microphone.kind !== "on"}
        onTry={trial.microphone}
      >
        <DevicePicker
          label={before.microphone}
          icon={microphone.kind === "failed"
            ? <Icon name="microphone-off" />
            : <Icon name="microphone" />}
          devices={devices.microphones}
          chosenId={microphone.kind === "on" ? microphone.deviceId : undefined}
          trouble={troubleOf("microphone")}
          onChoose={(choice) => call?.media.choose("microphone", choice)}
        />
      </Tried>
      <Tried
        label={entering.trySpeaker}
        busy={trial.trying.kind === "speaker"}
        disabled={call === undefined}
        onTry={trial.speaker}
      >
        <DevicePicker
          label={before.speaker}
          icon={<Icon name="speaker" />}
          devices={canChooseSpeaker ? devices.speakers : []}
          chosenId={call?.media.speakerId.value ?? ""}
          onChoose={(choice) => call?.media.choose("speaker", choice)}
        />
      </Tried>
      <TrialLine trial={trial} news={news}>
        <UnlikeChosen {...props} />
      </TrialLine>
    </>
  );
}

/** The delay that lets the own picture load first, ms. */
const keyMs = 250;

/** The picker of the camera, with the key to what can be done to its picture. */
function CameraPicker({ call, camera, trouble }: Pick<PickersProps, "call" | "camera"> & {
  trouble: string | undefined;
}): JSX.Element {
  const { before } = useWords();
  const late = useModule(loadPictureKey, useDelay(keyMs));
  return (
    <div class="tried">
      <DevicePicker
        label={before.camera}
        icon={camera.kind === "failed" ? <Icon name="camera-off" /> : <Icon name="video" />}
        devices={call?.media.devices.value.cameras ?? []}
        chosenId={camera.kind === "on" ? camera.deviceId : undefined}
        trouble={trouble}
        onChoose={(choice) => call?.media.choose("camera", choice)}
      />
      {call && late && <late.PictureKey call={call} />}
    </div>
  );
}

/** A picker with the key that tests its device. */
function Tried({ label, busy, disabled, onTry, children }: {
  label: string;
  busy: boolean;
  disabled: boolean;
  onTry: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const { entering } = useWords();
  return (
    <div class="tried">
      {children}
      <button
        type="button"
        class="secondary"
        aria-label={busy ? entering.stopTrying : label}
        disabled={disabled}
        onClick={onTry}
      >
        {busy ? entering.stop : entering.try}
      </button>
    </div>
  );
}

/**
 * The progress of a test, or device news; always in the page, so that screen readers announce it.
 */
function TrialLine({ trial: { trying }, news, children }: {
  trial: SoundTrial;
  news: string | undefined;
  children: ComponentChildren;
}): JSX.Element {
  const { entering } = useWords();
  const busy = trying.kind === "speaker" || trying.kind === "recording" ||
    trying.kind === "playing";
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On phones the join keys may cover it.
    if (busy) line.current?.scrollIntoView({ block: "nearest" });
  }, [busy]);
  const ofTrial = trialWords(trying, entering);
  return (
    <div ref={line} class={trying.kind === "failed" ? "trial trial-failed" : "trial"}>
      <p role="status">{busy ? ofTrial : news ?? ofTrial ?? children}</p>
      {trying.kind === "recording" && <Progress since={trying.since} />}
    </div>
  );
}

/** Shows surprises: a substituted device, or one that is still off. */
function UnlikeChosen({ call, camera, microphone }: PickersProps): JSX.Element | null {
  const words = useWords();
  const returned = call?.devices.returned.value;
  const swapped = [camera, microphone].some((state) => "insteadOf" in state);
  const late = useModule(loadDeviceWords, swapped || returned !== undefined);
  if (late === undefined) return null;
  const said = late.insteadWords({ state: camera, device: "camera" }, words) ??
    late.insteadWords({ state: microphone, device: "microphone" }, words) ??
    (returned && late.stillOff(returned, words));
  return <>{said}</>;
}

function trialWords(
  trying: Trying,
  entering: ReturnType<typeof useWords>["entering"],
): string | undefined {
  switch (trying.kind) {
    case "none":
      return undefined;
    case "speaker":
      return entering.sounding;
    case "recording":
      return entering.recording;
    case "playing":
      return entering.playingBack;
    case "over":
      return trying.of === "speaker" ? entering.sounded : entering.playedBack;
    case "failed":
      return trying.of === "speaker" ? entering.noSound : entering.noRecording;
    default:
      return trying satisfies never;
  }
}

const sampleSeconds = 4;

/** The progress of the recording. */
function Progress({ since }: { since: number }): JSX.Element {
  const { entering } = useWords();
  const [done, setDone] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setDone((performance.now() - since) / 1000), 100);
    return () => clearInterval(timer);
  }, [since]);
  return <progress aria-label={entering.recorded} max={sampleSeconds} value={done} />;
}
