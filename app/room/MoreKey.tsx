import type { JSX } from "preact";
import type { DeviceName } from "../../mesh/mod.ts";
import { useState } from "preact/hooks";
import { Badge } from "../ui/Badge.tsx";
import type { BarKeysProps } from "./open_panel.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { Help } from "./Shortcuts.tsx";
import { Icon } from "../ui/Icon.tsx";
import { brokenPairs } from "../links/views.ts";
import { counted } from "../ui/phrases.ts";
import { DeviceMenu } from "./menus/DeviceMenu.tsx";
import { useMenus } from "./menus/lazy.ts";
import { useWords } from "../ui/words.ts";

/** The keys and settings that a narrow bar has no room for; their code comes with the press. */
export function MoreKey(props: BarKeysProps): JSX.Element {
  const { call, selfId } = props;
  const { room, links, common } = useWords();
  const broken = brokenPairs(call, selfId);
  const [open, setOpen] = useState<"nothing" | "more" | DeviceName | "help">("nothing");
  const menus = useMenus(open === "more");
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
      {menus && open === "more" && (
        <menus.MoreMenu
          {...props}
          onDevice={setOpen}
          onHelp={() => setOpen("help")}
          onClose={close}
        />
      )}
      {(open === "microphone" || open === "camera") && (
        <DeviceMenu call={call} source={open} onClose={close} />
      )}
      {open === "help" && <Help call={call} onClose={close} />}
    </div>
  );
}
