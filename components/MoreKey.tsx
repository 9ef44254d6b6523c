import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Badge } from "./Badge.tsx";
import type { BarProps } from "./Bar.tsx";
import { BarKey } from "./BarKey.tsx";
import { CopyLink } from "./CopyLink.tsx";
import { Help } from "./Courtesies.tsx";
import { HandKey } from "./HandKey.tsx";
import { HelpKey } from "./HelpKey.tsx";
import { Icon } from "./Icon.tsx";
import { brokenPairs, LinksKey } from "./LinksKey.tsx";
import { counted } from "./phrases.ts";
import { Popover } from "./Popover.tsx";
import { canShare, ShareKey } from "./ShareKey.tsx";
import { useWords } from "./words.ts";

/** What a narrow bar has no room for. */
export function MoreKey(props: BarProps): JSX.Element {
  const { call, link, selfId, panel, onPanel } = props;
  const { room, links, common } = useWords();
  const broken = brokenPairs(call, selfId);
  const [open, setOpen] = useState(false);
  const [help, setHelp] = useState(false);
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
        tone={open ? "on" : "plain"}
        expanded={open}
        note={broken > 0
          ? counted(links.brokenPairs, { count: broken, locale: common.locale })
          : undefined}
        onPress={() => setOpen(!open)}
      />
      {open && (
        <Popover label={room.more} class="more-menu" onClose={() => setOpen(false)}>
          {canShare() && <ShareKey call={call} class="phone-only" />}
          <HandKey call={call} />
          <LinksKey
            call={call}
            selfId={selfId}
            open={panel === "links"}
            onPress={() => onPanel("links")}
          />
          <CopyLink link={link} class="quiet" icon={<Icon name="link" />}>
            {common.copyLink}
          </CopyLink>
          <HelpKey
            onPress={() => {
              setOpen(false);
              setHelp(true);
            }}
          />
        </Popover>
      )}
      {help && <Help call={call} onClose={() => setHelp(false)} />}
    </div>
  );
}
