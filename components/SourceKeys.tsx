import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { Call, DeviceKind, Source, SourceState } from "../state/mod.ts";
import { BarKey, type KeyTone } from "./BarKey.tsx";
import type { DeviceList } from "./DeviceMenu.tsx";
import { Icon } from "./Icon.tsx";
import { useLaterParts } from "./later.ts";
import { useWords } from "./words.ts";

/** A key with a smaller one for its devices. */
function SplitKey({ label, lists, call, children }: {
  label: string;
  lists: readonly DeviceList[];
  call: Call;
  children: ComponentChildren;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const parts = useLaterParts(open);
  return (
    <div class="split">
      {children}
      <button
        type="button"
        class="split-key"
        aria-label={label}
        aria-expanded={open}
        title={label}
        onClick={() => setOpen(!open)}
      >
        <Icon name="up" size={16} />
      </button>
      {open && parts !== undefined && (
        <parts.DeviceMenu
          label={label}
          lists={lists}
          onChoose={(kind, choice) => call.media.choose(kind, choice)}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

function listOf(
  call: Call,
  { kind, label }: { kind: DeviceKind; label: string },
): DeviceList {
  const { cameras, microphones, speakers } = call.media.devices.value;
  const devices = { camera: cameras, microphone: microphones, speaker: speakers }[kind];
  const id = kind === "speaker"
    ? call.media.speakerId.value || speakers[0]?.deviceId
    : deviceId(call, kind);
  return { kind, label, devices, chosenId: id };
}

function deviceId(call: Call, source: Source): string | undefined {
  const state = call.media.source(source).value;
  return state.kind === "on" ? state.deviceId : undefined;
}

/** On or off; amber with the reason while the browser or the machine refuses. */
function toneOf(state: SourceState, on: boolean): KeyTone {
  if (state.kind === "failed") return "blocked";
  return on || state.kind === "starting" ? "plain" : "off";
}

/** Mute and unmute, with microphone and speaker to choose. */
export function MicrophoneKey({ call }: { call: Call }): JSX.Element {
  const { room, before } = useWords();
  const state = call.media.source("microphone").value;
  const on = state.kind === "on" && !call.muted.value;
  const lists = [listOf(call, { kind: "microphone", label: before.microphone })];
  const canChooseSpeaker = "setSinkId" in HTMLMediaElement.prototype;
  if (canChooseSpeaker) lists.push(listOf(call, { kind: "speaker", label: before.speaker }));
  return (
    <SplitKey label={room.microphoneSettings} lists={lists} call={call}>
      <BarKey
        icon={on ? <Icon name="microphone" size={22} /> : <Icon name="microphone-off" size={22} />}
        caption={on ? room.mute : room.unmute}
        tone={toneOf(state, on)}
        onPress={() => call.toggleMicrophone()}
      />
    </SplitKey>
  );
}

/** Stop and start the camera, with cameras to choose. */
export function CameraKey({ call }: { call: Call }): JSX.Element {
  const { room, before } = useWords();
  const state = call.media.source("camera").value;
  const on = state.kind === "on";
  return (
    <SplitKey
      label={room.cameraSettings}
      lists={[listOf(call, { kind: "camera", label: before.camera })]}
      call={call}
    >
      <BarKey
        icon={on ? <Icon name="video" size={22} /> : <Icon name="video-off" size={22} />}
        caption={on ? room.stopVideo : room.startVideo}
        tone={toneOf(state, on)}
        onPress={() => call.toggleCamera()}
      />
    </SplitKey>
  );
}

/** Whether this browser can share a screen; phones cannot. */
export function canShare(): boolean {
  return "mediaDevices" in navigator && "getDisplayMedia" in navigator.mediaDevices;
}

/** Share a screen and stop sharing it. */
export function ShareKey({ call, class: name }: { call: Call; class?: string }): JSX.Element {
  const { room } = useWords();
  const on = call.media.source("screen").value.kind === "on";
  return (
    <BarKey
      class={name}
      icon={on ? <Icon name="share-off" size={22} /> : <Icon name="share" size={22} />}
      caption={on ? room.stopSharing : room.share}
      tone={on ? "on" : "plain"}
      onPress={() => call.toggleScreen()}
    />
  );
}
