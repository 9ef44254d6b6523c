import type { ComponentChildren, JSX } from "preact";
import type { DeviceChoice } from "../ui/preferences.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** The part of a device that pickers use. */
export type Device = Pick<MediaDeviceInfo, "deviceId" | "label">;

/** `trouble`: shown instead of the choice. */
export interface DevicePickerProps {
  readonly label: string;
  readonly icon: ComponentChildren;
  readonly devices: readonly Device[];
  readonly chosenId: string | undefined;
  readonly trouble?: string | undefined;
  readonly onChoose: (choice: DeviceChoice) => void;
}

/** A device's label, or kind and number while the browser hides labels. */
export function deviceLabel(
  { device, index, kind }: { device: Device; index: number; kind: string },
  unnamed: string,
): string {
  return device.label === "" ? fill(unnamed, { kind, number: index + 1 }) : device.label;
}

/**
 * A native select, best known to phones and screen readers; a sentence if there is nothing to pick.
 */
export function DevicePicker(props: DevicePickerProps): JSX.Element {
  const { before } = useWords();
  const { label, icon, devices, chosenId, trouble, onChoose } = props;
  if (trouble !== undefined) return <p class="picker picker-trouble">{icon}{trouble}</p>;
  const known = devices.some(({ deviceId }) => deviceId === chosenId);
  const choose = (deviceId: string) => {
    const device = devices.find((one) => one.deviceId === deviceId);
    if (device !== undefined) onChoose({ deviceId, label: device.label });
  };
  return (
    <label class="picker">
      {icon}
      <select
        aria-label={label}
        value={known ? chosenId : devices[0]?.deviceId}
        disabled={devices.length === 0}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {devices.length === 0 && <option>{before.defaultDevice}</option>}
        {devices.map((device, index) => (
          <option key={device.deviceId} value={device.deviceId}>
            {deviceLabel({ device, index, kind: label }, before.unnamedDevice)}
          </option>
        ))}
      </select>
      <Icon name="down" size={20} class="picker-arrow" />
    </label>
  );
}
