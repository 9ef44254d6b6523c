import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { otherCamera } from "./cameras.ts";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";
import { matches } from "../ui/this_browser.ts";

/** Switches to the other camera; undefined if there is none or the camera is off. */
function flipOf(call: Call): (() => void) | undefined {
  const state = call.media.source("camera").value;
  if (state.kind !== "on") return undefined;
  const other = otherCamera(call.media.devices.value.cameras, state.deviceId);
  if (other === undefined) return undefined;
  const { deviceId, label } = other;
  return () => void call.media.choose("camera", { deviceId, label });
}

/** Switches between front and back camera on touch devices. */
export function FlipKey({ call, class: name, size = 22 }: {
  call: Call;
  class: string;
  size?: number;
}): JSX.Element | null {
  const { stage } = useWords();
  const flip = flipOf(call);
  if (flip === undefined || !matches("(any-pointer: coarse)")) return null;
  return (
    <button
      type="button"
      class={`${name} flip-key`}
      aria-label={stage.flip}
      title={stage.flip}
      onClick={flip}
    >
      <Icon name="flip" size={size} />
    </button>
  );
}

/** The same as a row of a menu. `then`: wraps what a press does, as the menu needs it. */
export function FlipRow({ call, then = (run) => run }: {
  call: Call;
  then?: (run: () => void) => () => void;
}): JSX.Element | null {
  const { stage } = useWords();
  const flip = flipOf(call);
  if (flip === undefined) return null;
  return (
    <button type="button" class="menu-row" onClick={then(flip)}>
      <Icon name="flip" />
      {stage.flip}
    </button>
  );
}
