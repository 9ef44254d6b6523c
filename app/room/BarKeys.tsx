/** The bar's keys that come after the first pictures. */
import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Badge } from "../ui/Badge.tsx";
import type { BarKeysProps, OpenPanel } from "./open_panel.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { CallTime } from "./CallTime.tsx";
import { CopyLink } from "../ui/CopyLink.tsx";
import { canShare, HandKey, ReactKey, ShareKey } from "../talk/views.ts";
import { Icon } from "../ui/Icon.tsx";
import { LinksKey } from "../links/views.ts";
import { MoreKey } from "./MoreKey.tsx";
import { OpenSign } from "../trust/views.ts";
import { counted } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** The room's name, the call's duration and the link. */
export function RoomKeys({ call, room, link }: BarKeysProps): JSX.Element {
  const { common } = useWords();
  return (
    <div class="bar-room">
      <p>
        <strong class="room-name" dir="auto" translate={false}>{room}</strong>
        <span>
          <CallTime call={call} /> <OpenSign call={call} />
        </span>
      </p>
      <CopyLink link={link} class="quiet copy-link" icon={<Icon name="link" />}>
        {common.copyLink}
      </CopyLink>
    </div>
  );
}

/** Share, hand, reactions and More; a narrow bar moves most of them under More. */
export function ToolKeys(props: BarKeysProps): JSX.Element {
  const { call } = props;
  return (
    <>
      {canShare() && <ShareKey call={call} class="not-phone" />}
      <HandKey call={call} class="wide-only" />
      <ReactKey call={call} class="wide-only" />
      <ChatKey {...props} class="phone-only" />
      <MoreKey {...props} />
    </>
  );
}

/** The keys that open panels; a closed panel returns the focus to its key, found by id. */
export function PanelKeys(props: BarKeysProps): JSX.Element {
  const { call, selfId, panel, onPanel } = props;
  return (
    <>
      <LinksKey
        call={call}
        selfId={selfId}
        open={panel === "links"}
        onPress={() => onPanel("links")}
        id={panelKeyId("links")}
        class="wide-only"
      />
      <PeopleKey {...props} />
      <ChatKey {...props} id={panelKeyId("chat")} />
    </>
  );
}

/** The id of the key that opens a panel. */
export function panelKeyId(panel: OpenPanel): string {
  return `key-${panel}`;
}

function PeopleKey({ panel, onPanel }: BarKeysProps): JSX.Element {
  const { room } = useWords();
  const open = panel === "people";
  return (
    <BarKey
      id={panelKeyId("people")}
      icon={<Icon name="people" size={22} />}
      caption={room.peoplePanel}
      tone={open ? "on" : "plain"}
      expanded={open}
      shortcut="people"
      onPress={() => onPanel("people")}
    />
  );
}

function ChatKey(
  { call, panel, onPanel, id, class: name }: BarKeysProps & { id?: string; class?: string },
): JSX.Element {
  const open = panel === "chat";
  const count = call.chat.store.value?.unread.value ?? 0;
  const { room } = useWords();
  return (
    <BarKey
      id={id}
      class={name}
      icon={
        <>
          <Icon name="chat" size={22} />
          <Badge count={count} />
        </>
      }
      caption={room.chat}
      tone={open ? "on" : "plain"}
      expanded={open}
      shortcut="chat"
      note={useUnread(call)}
      onPress={() => onPanel("chat")}
    />
  );
}

/** The number of unread lines in words; undefined for none. */
function useUnread(call: Call): string | undefined {
  const { room, common } = useWords();
  const count = call.chat.store.value?.unread.value ?? 0;
  return count > 0 ? counted(room.unread, { count, locale: common.locale }) : undefined;
}
