import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Badge } from "../ui/Badge.tsx";
import type { BarKeysProps } from "./open_panel.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { CopyLink } from "../ui/CopyLink.tsx";
import { DeviceMenu } from "../devices/views.ts";
import { canShare, HandKey, ReactionRow, ShareKey } from "../talk/views.ts";
import { Help } from "./Shortcuts.tsx";
import { Icon } from "../ui/Icon.tsx";
import { InviteKey } from "../people/views.ts";
import { brokenPairs, LinksKey } from "../links/views.ts";
import { counted } from "../ui/phrases.ts";
import { Popover } from "../ui/Popover.tsx";
import { ViewKeys } from "../stage/views.ts";
import { useWords } from "../ui/words.ts";

/** The keys and settings that a narrow bar has no room for. */
export function MoreKey(props: BarKeysProps): JSX.Element {
  const { call, selfId } = props;
  const { room, links, common } = useWords();
  const broken = brokenPairs(call, selfId);
  const [open, setOpen] = useState<"nothing" | "more" | "microphone" | "help">("nothing");
  const close = () => setOpen("nothing");
  return (
    <div class="more">
      <BarKey
        icon={
          <>
            <Icon name="more" size={22} />
            <Badge count={broken} tone="danger" />
          </>
        }
        caption={room.more}
        tone={open === "nothing" ? "plain" : "on"}
        expanded={open !== "nothing"}
        note={broken > 0
          ? counted(links.brokenPairs, { count: broken, locale: common.locale })
          : undefined}
        onPress={() => setOpen(open === "nothing" ? "more" : "nothing")}
      />
      {open === "more" && (
        <MoreMenu
          {...props}
          onMicrophone={() => setOpen("microphone")}
          onHelp={() => setOpen("help")}
          onClose={close}
        />
      )}
      {open === "microphone" && <DeviceMenu call={call} source="microphone" onClose={close} />}
      {open === "help" && <Help call={call} onClose={close} />}
    </div>
  );
}

function MoreMenu(
  props: BarKeysProps & { onMicrophone: () => void; onHelp: () => void; onClose: () => void },
): JSX.Element {
  const { call, link, selfId, panel, onPanel, onMicrophone, onHelp, onClose } = props;
  const { room, common } = useWords();
  return (
    <Popover label={room.more} class="more-menu" onClose={onClose}>
      <ReactionRow call={call} />
      <HandKey call={call} />
      {canShare() && <ShareKey call={call} class="phone-only" />}
      <BarKey
        class="phone-only"
        icon={<Icon name="sliders" size={22} />}
        caption={room.microphoneSettings}
        onPress={onMicrophone}
      />
      <LinksKey
        call={call}
        selfId={selfId}
        open={panel === "links"}
        onPress={() => onPanel("links")}
      />
      <ViewKeys call={call} onDone={onClose} />
      <CopyLink link={link} class="quiet" icon={<Icon name="link" />}>
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
