import type { ComponentChildren, JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { BarKey, ShortcutLabelContext } from "../ui/BarKey.tsx";
import type { ShortcutName } from "../ui/shortcuts.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLateRoom } from "./lazy.ts";
import {
  CameraKey,
  type DeviceMenuProps,
  MicrophoneKey,
  type SourceKeyProps,
} from "../devices/views.ts";
import { useWords } from "../ui/words.ts";
import { hasScreens } from "../ui/this_browser.ts";

/**
 * The call, and the late-loaded contents of the bar: at its start, among the keys and at its end.
 */
export interface BarProps {
  readonly call: Call;
  readonly about: ComponentChildren;
  readonly tools: ComponentChildren;
  readonly panels: ComponentChildren;
  readonly shortcutLabel: ((name: ShortcutName) => string) | undefined;
}

/** The bar. Microphone, camera and Leave come first; the late keys have reserved places. */
export function Bar({ call, about, tools, panels, shortcutLabel }: BarProps): JSX.Element {
  const { room } = useWords();
  const menu: SourceKeyProps["menu"] = (source, onClose) => (
    <DeviceMenu call={call} source={source} onClose={onClose} />
  );
  return (
    <ShortcutLabelContext.Provider
      value={call.book.current.value.shortcuts ? shortcutLabel : undefined}
    >
      <footer class="bar notranslate" translate={false}>
        {about ?? <div />}
        <div class="bar-keys" role="group" aria-label={room.controls}>
          <MicrophoneKey call={call} menu={menu} />
          <CameraKey call={call} menu={menu} />
          {tools ?? blanks()}
          <span class="bar-rule" />
          <BarKey
            icon={<Icon name="leave" size={22} />}
            caption={room.leave}
            tone="end"
            onPress={() => call.session.leave()}
          />
        </div>
        <div class="bar-panels">{panels}</div>
      </footer>
    </ShortcutLabelContext.Provider>
  );
}

/** Loaded by the press, if it is not loaded yet. */
function DeviceMenu(props: DeviceMenuProps): JSX.Element | null {
  const late = useLateRoom(true);
  return late ? <late.DeviceMenu {...props} /> : null;
}

/**
 * Placeholders for late keys (share, hand, reactions; chat and more), so that no key moves when
 * they load.
 */
function blanks(): JSX.Element[] {
  const tools = ["wide-only", "wide-only", "phone-only", "more"];
  if (hasScreens()) tools.push("not-phone");
  return tools.map((name) => (
    <span class={`bar-key ${name}`}>
      <span class="bar-key-face" />
    </span>
  ));
}
