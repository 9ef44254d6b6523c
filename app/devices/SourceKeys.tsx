import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { SourceState } from "../../mesh/mod.ts";
import { BarKey, type KeyTone } from "../ui/BarKey.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/** `menu`: draws the menu of the key's devices while it is open. */
export interface SourceKeyProps {
  readonly call: Call;
  readonly menu: (source: "camera" | "microphone", onClose: () => void) => ComponentChildren;
}

/** A key with a smaller key for its devices. */
function SplitKey({ label, source, menu, children }: Pick<SourceKeyProps, "menu"> & {
  label: string;
  source: "camera" | "microphone";
  children: ComponentChildren;
}): JSX.Element {
  const [open, setOpen] = useState(false);
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
      {open && menu(source, () => setOpen(false))}
    </div>
  );
}

/** On or off; amber while the browser or the machine refuses. */
function toneOf(state: SourceState, on: boolean): KeyTone {
  if (state.kind === "failed") return "blocked";
  return on ? "plain" : "off";
}

/** Mutes and unmutes; its menu selects microphone and speaker. */
export function MicrophoneKey({ call, menu }: SourceKeyProps): JSX.Element {
  const { room } = useWords();
  const state = call.media.source("microphone").value;
  const on = call.devices.comesOn("microphone") && !call.muted.value;
  return (
    <SplitKey label={room.microphoneSettings} source="microphone" menu={menu}>
      <BarKey
        icon={on ? <Icon name="microphone" size={22} /> : <Icon name="microphone-off" size={22} />}
        caption={on ? room.mute : room.unmute}
        tone={toneOf(state, on)}
        shortcut="microphone"
        onPress={() => call.toggleMicrophone()}
      />
    </SplitKey>
  );
}

/** Starts and stops the camera; its menu selects the camera. */
export function CameraKey({ call, menu }: SourceKeyProps): JSX.Element {
  const { room } = useWords();
  const state = call.media.source("camera").value;
  const on = call.devices.comesOn("camera");
  return (
    <SplitKey label={room.cameraSettings} source="camera" menu={menu}>
      <BarKey
        icon={on ? <Icon name="video" size={22} /> : <Icon name="video-off" size={22} />}
        caption={on ? room.stopVideo : room.startVideo}
        tone={toneOf(state, on)}
        shortcut="camera"
        onPress={() => call.toggleCamera()}
      />
    </SplitKey>
  );
}
