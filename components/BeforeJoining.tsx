import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import type { DeviceChoice, DeviceKind, DeviceList, SourceState, Wish } from "../state/mod.ts";
import { DevicePicker } from "./DevicePicker.tsx";
import { Icon } from "./Icon.tsx";
import { LevelMeter } from "./LevelMeter.tsx";
import { Preview } from "./Preview.tsx";
import { troubleShort } from "./trouble_short.ts";
import { useWords } from "./words.ts";

/** Everything the page before joining shows and asks for. `speakers` undefined: this browser cannot choose one. */
export interface BeforeJoiningProps {
  readonly room: string;
  readonly name: string;
  readonly suggestedName: string;
  readonly joining: boolean;
  readonly camera: SourceState;
  readonly microphone: SourceState;
  readonly level: ReadonlySignal<number>;
  readonly speaking: ReadonlySignal<boolean>;
  readonly devices: DeviceList;
  readonly speakerId: string;
  readonly canChooseSpeaker: boolean;
  /** A sentence when the server would not let us in yet. */
  readonly refused: string | undefined;
  readonly onName: (name: string) => void;
  readonly onToggle: (source: "camera" | "microphone") => void;
  readonly onRetry: () => void;
  readonly onChoose: (kind: DeviceKind, choice: DeviceChoice) => void;
  readonly onJoin: (wish: Wish, purpose: Purpose) => void;
}

/** What one comes for: to be heard or at least to listen, or only to write. */
export type Purpose = "talk" | "write";

function comesOn({ kind }: SourceState): boolean {
  return kind === "on" || kind === "starting";
}

/** The page before joining: see and hear oneself, then one of three ways in. */
export function BeforeJoining(props: BeforeJoiningProps): JSX.Element {
  const { before } = useWords();
  const { camera, microphone, level, speaking } = props;
  const wish = { camera: comesOn(camera), microphone: comesOn(microphone) };
  const submit = (event: Event) => {
    event.preventDefault();
    props.onJoin(wish, "talk");
  };
  return (
    <main class="before">
      <div class="before-self">
        <Preview
          camera={camera}
          microphone={microphone}
          onCamera={() => props.onToggle("camera")}
          onMicrophone={() => props.onToggle("microphone")}
          onRetry={props.onRetry}
        />
        <LevelMeter level={level} speaking={speaking} microphone={microphone.kind} />
      </div>
      <form class="before-form" onSubmit={submit}>
        <p class="caption">{before.about}</p>
        <h1 class="room-name" translate={false}>{props.room}</h1>
        <label class="labelled">
          {before.name}
          <input
            class="field"
            type="text"
            name="name"
            autocomplete="nickname"
            maxLength={64}
            placeholder={props.suggestedName}
            value={props.name}
            onInput={(event) => props.onName(event.currentTarget.value)}
          />
        </label>
        <Pickers {...props} />
        {props.refused !== undefined && <p class="field-error" role="alert">{props.refused}</p>}
        <WaysIn wish={wish} joining={props.joining} onJoin={props.onJoin} />
      </form>
    </main>
  );
}

function Pickers(props: BeforeJoiningProps): JSX.Element {
  const words = useWords();
  const { before } = words;
  const { camera, microphone, devices } = props;
  const troubleOf = (device: "camera" | "microphone") =>
    props[device].kind === "failed"
      ? troubleShort({ failure: props[device].failure, device }, words)
      : undefined;
  return (
    <>
      <DevicePicker
        label={before.camera}
        icon={camera.kind === "failed" ? <Icon name="camera-off" /> : <Icon name="video" />}
        devices={devices.cameras}
        chosenId={camera.kind === "on" ? camera.deviceId : undefined}
        trouble={troubleOf("camera")}
        onChoose={(choice) => props.onChoose("camera", choice)}
      />
      <DevicePicker
        label={before.microphone}
        icon={microphone.kind === "failed"
          ? <Icon name="microphone-off" />
          : <Icon name="microphone" />}
        devices={devices.microphones}
        chosenId={microphone.kind === "on" ? microphone.deviceId : undefined}
        trouble={troubleOf("microphone")}
        onChoose={(choice) => props.onChoose("microphone", choice)}
      />
      {props.canChooseSpeaker && (
        <DevicePicker
          label={before.speaker}
          icon={<Icon name="speaker" />}
          devices={devices.speakers}
          chosenId={props.speakerId}
          onChoose={(choice) => props.onChoose("speaker", choice)}
        />
      )}
    </>
  );
}

function WaysIn({ wish, joining, onJoin }: {
  wish: Wish;
  joining: boolean;
  onJoin: BeforeJoiningProps["onJoin"];
}): JSX.Element {
  const { before } = useWords();
  const withDevices = wish.camera
    ? (wish.microphone ? before.joinBoth : before.joinCamera)
    : (wish.microphone ? before.joinMicrophone : before.joinListen);
  return (
    <div class="ways-in">
      <button type="submit" class="primary big" disabled={joining}>
        {joining ? before.joining : withDevices}
      </button>
      <button
        type="button"
        class="secondary"
        aria-label={before.joinWithoutCamera}
        disabled={joining}
        onClick={() => onJoin({ ...wish, camera: false }, "talk")}
      >
        <Icon name="video-off" />
        {before.withoutCamera}
      </button>
      <button
        type="button"
        class="secondary"
        disabled={joining}
        onClick={() => onJoin({ camera: false, microphone: false }, "write")}
      >
        <Icon name="chat" />
        {before.textOnly}
      </button>
    </div>
  );
}
