import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { DeviceKind } from "../ui/preferences.ts";
import { type Device, deviceLabel } from "./DevicePicker.tsx";
import { FlipRow } from "./FlipKey.tsx";
import { MicrophoneTest, SpeakerTest } from "./SoundTests.tsx";
import { PictureChoices } from "../picture/views.ts";
import { Popover } from "../ui/Popover.tsx";
import { useSoundCheck } from "./use_sound_check.ts";
import { VoiceSwitches } from "./VoiceSwitches.tsx";
import { useWords } from "../ui/words.ts";

/** `source`: the kind of device; speakers come with the microphones. */
export interface DeviceMenuProps {
  readonly call: Call;
  readonly source: "camera" | "microphone";
  readonly onClose: () => void;
}

/** Choosing devices from the bar. */
export function DeviceMenu({ call, source, onClose }: DeviceMenuProps): JSX.Element {
  const { room } = useWords();
  const canChooseSpeaker = "setSinkId" in HTMLMediaElement.prototype;
  const microphone = call.media.source("microphone").value;
  const trial = useSoundCheck(call);
  return (
    <Popover
      label={source === "camera" ? room.cameraSettings : room.microphoneSettings}
      class="device-menu"
      onClose={onClose}
    >
      <Devices call={call} kind={source}>
        {source === "microphone" && microphone.kind === "on" && <MicrophoneTest {...trial} />}
      </Devices>
      {source === "microphone" && canChooseSpeaker && (
        <Devices call={call} kind="speaker">
          <SpeakerTest {...trial} />
        </Devices>
      )}
      {source === "camera" && <PictureChoices call={call} />}
      {source === "microphone" && <VoiceSwitches call={call} />}
    </Popover>
  );
}

/** One list of native radio buttons, which work with every key people expect. */
function Devices({ call, kind, children }: {
  call: Call;
  kind: DeviceKind;
  children?: JSX.Element | false;
}): JSX.Element {
  const { room, before } = useWords();
  const { cameras, microphones, speakers } = call.media.devices.value;
  const devices: readonly Device[] = {
    camera: cameras,
    microphone: microphones,
    speaker: speakers,
  }[kind];
  const chosen = chosenId(call, kind);
  return (
    <fieldset>
      <legend>{before[kind]}</legend>
      {devices.length === 0 && <p>{room.noDevices}</p>}
      {devices.map((device, index) => (
        <label key={device.deviceId} class="choice">
          <input
            type="radio"
            name={`choose-${kind}`}
            checked={device.deviceId === chosen}
            onChange={() =>
              call.media.choose(kind, { deviceId: device.deviceId, label: device.label })}
          />
          <span>{deviceLabel({ device, index, kind: before[kind] }, before.unnamedDevice)}</span>
        </label>
      ))}
      {kind === "camera" && <FlipRow call={call} />}
      {children}
    </fieldset>
  );
}

function chosenId(call: Call, kind: DeviceKind): string | undefined {
  if (kind === "speaker") {
    return call.media.speakerId.value || call.media.devices.value.speakers[0]?.deviceId;
  }
  const state = call.media.source(kind).value;
  return state.kind === "on" ? state.deviceId : undefined;
}
