import type { JSX } from "preact";
import type { Call } from "../mod.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { LaterParts } from "../ui/later.ts";
import { CameraKey, MicrophoneKey } from "../devices/SourceKeys.tsx";
import { useWords } from "../ui/words.ts";
import { hasScreens } from "../ui/this_browser.ts";

/** Which panel lies beside the stage. */
export type OpenPanel = "none" | "chat" | "people" | "links" | "invite";

/** What the bar shows and does. */
export interface BarProps {
  readonly call: Call;
  readonly room: string;
  readonly link: string;
  readonly selfId: string;
  readonly panel: OpenPanel;
  readonly onPanel: (panel: Exclude<OpenPanel, "none">) => void;
  /** What is loaded after the first pictures. */
  readonly parts: LaterParts | undefined;
}

/** Everything one does in a call. First come microphone, camera and the way out; the rest keeps its place free. */
export function Bar(props: BarProps): JSX.Element {
  const { room } = useWords();
  const { call, parts } = props;
  return (
    <footer class="bar notranslate" translate={false}>
      {parts ? <parts.BarRoom {...props} /> : <div />}
      <div class="bar-keys" role="group" aria-label={room.controls}>
        <MicrophoneKey call={call} />
        <CameraKey call={call} />
        {parts ? <parts.BarTools {...props} /> : blanks()}
        <span class="bar-rule" />
        <BarKey
          icon={<Icon name="leave" size={22} />}
          caption={room.leave}
          tone="end"
          onPress={() => call.leave()}
        />
      </div>
      <div class="bar-panels">
        {parts && <parts.BarPanels {...props} />}
      </div>
    </footer>
  );
}

/** Where keys will be (share, hand, reactions; chat and more), so that none of the others moves when they come. */
function blanks(): JSX.Element[] {
  const tools = ["wide-only", "wide-only", "phone-only", "more"];
  if (hasScreens()) tools.push("not-phone");
  return tools.map((name) => (
    <span class={`bar-key ${name}`}>
      <span class="bar-key-face" />
    </span>
  ));
}
