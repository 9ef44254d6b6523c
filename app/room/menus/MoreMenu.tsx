import type { JSX } from "preact";
import type { DeviceName } from "../../../mesh/mod.ts";
import type { BarKeysProps } from "../open_panel.ts";
import { BarKey } from "../../ui/BarKey.tsx";
import { CopyLink } from "../../ui/CopyLink.tsx";
import { CaptionsKey } from "../../captions/views.ts";
import { canShare, HandKey, ReactionRow, ShareKey } from "../../talk/views.ts";
import { Icon } from "../../ui/Icon.tsx";
import { InviteKey } from "../../people/views.ts";
import { LinksKey } from "../../links/views.ts";
import { RecordingKey } from "../../recording/views.ts";
import { MoveKey } from "../../move/views.ts";
import { Popover } from "../../ui/Popover.tsx";
import { ViewKeys } from "../../stage/views.ts";
import { useWords } from "../../ui/words.ts";

/** The keys and settings that a narrow bar has no room for. */
export function MoreMenu(
  props: BarKeysProps & {
    onDevice: (source: DeviceName) => void;
    onHelp: () => void;
    onClose: () => void;
  },
): JSX.Element {
  const { call, link, selfId, panel, onPanel, onDevice, onHelp, onClose } = props;
  const { room, common } = useWords();
  return (
    <Popover label={room.more} class="more-menu" onClose={onClose}>
      <ReactionRow call={call} />
      <HandKey call={call} class="narrow-only" />
      {canShare() && <ShareKey call={call} class="phone-only" />}
      <BarKey
        class="phone-only"
        icon={<Icon name="sliders" size={22} />}
        caption={room.microphoneSettings}
        onPress={() => onDevice("microphone")}
      />
      <BarKey
        class="phone-only"
        icon={<Icon name="video" size={22} />}
        caption={room.cameraSettings}
        onPress={() => onDevice("camera")}
      />
      <LinksKey
        class="narrow-only"
        call={call}
        selfId={selfId}
        open={panel === "links"}
        onPress={() => onPanel("links")}
      />
      <ViewKeys call={call} onDone={onClose} />
      <RecordingKey call={call} onPress={onClose} />
      <CaptionsKey call={call} onPress={onClose} />
      <MoveKey call={call} onPress={onClose} />
      <CopyLink link={link} class="quiet copy-link" icon={<Icon name="link" />}>
        {common.copyLink}
      </CopyLink>
      <InviteKey class="quiet" onPress={() => onPanel("invite")} />
      <HelpKey onPress={onHelp} />
    </Popover>
  );
}

/** Opens the list of shortcuts, like `?`. */
function HelpKey({ onPress }: { onPress: () => void }): JSX.Element {
  const { shortcuts } = useWords();
  return (
    <BarKey
      class="help-key"
      icon={<Icon name="keyboard" size={22} />}
      caption={shortcuts.title}
      onPress={onPress}
    />
  );
}
