import type { JSX } from "preact";
import type { DeviceChoice, DeviceKind } from "../state/mod.ts";
import { type Device, deviceLabel } from "./DevicePicker.tsx";
import { FlipRow } from "./FlipKey.tsx";
import { Popover } from "./Popover.tsx";
import { useWords } from "./words.ts";

/** One list of a menu. */
export interface DeviceList {
  readonly kind: DeviceKind;
  readonly label: string;
  readonly devices: readonly Device[];
  readonly chosenId: string | undefined;
}

/** Choosing devices from the bar: native radio buttons, so every key works as people know it. */
export function DeviceMenu({ label, lists, onChoose, onClose }: {
  label: string;
  lists: readonly DeviceList[];
  onChoose: (kind: DeviceKind, choice: DeviceChoice) => void;
  onClose: () => void;
}): JSX.Element {
  const { room, before } = useWords();
  return (
    <Popover label={label} class="device-menu" onClose={onClose}>
      {lists.map((list) => (
        <fieldset key={list.kind}>
          <legend>{list.label}</legend>
          {list.devices.length === 0 && <p>{room.noDevices}</p>}
          {list.devices.map((device, index) => (
            <label key={device.deviceId} class="choice">
              <input
                type="radio"
                name={`choose-${list.kind}`}
                checked={device.deviceId === list.chosenId}
                onChange={() =>
                  onChoose(list.kind, { deviceId: device.deviceId, label: device.label })}
              />
              <span>
                {deviceLabel({ device, index, kind: list.label }, before.unnamedDevice)}
              </span>
            </label>
          ))}
          <FlipRow list={list} onChoose={onChoose} />
        </fieldset>
      ))}
    </Popover>
  );
}
