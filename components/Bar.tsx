import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../state/mod.ts";
import { BarKey } from "./BarKey.tsx";
import { clockTime } from "./clock.ts";
import { CopyLink } from "./CopyLink.tsx";
import { Icon } from "./Icon.tsx";
import type { LaterParts } from "./later.ts";
import { CameraKey, canShare, MicrophoneKey, ShareKey } from "./SourceKeys.tsx";
import { counted } from "./phrases.ts";
import { useWords } from "./words.ts";

/** Which panel lies beside the stage. */
export type OpenPanel = "none" | "chat" | "people" | "links";

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

/** The keys that open panels; closing one gives the focus back to its key. */
export const panelKeyIds = {
  chat: "key-chat",
  people: "key-people",
  links: "key-links",
} as const;

/** Everything one does in a call. */
export function Bar(props: BarProps): JSX.Element {
  const { room } = useWords();
  const { call } = props;
  return (
    <footer class="bar">
      <RoomLine {...props} />
      <div class="bar-keys" role="group" aria-label={room.controls}>
        <MicrophoneKey call={call} />
        <CameraKey call={call} />
        {canShare() && <ShareKey call={call} class="not-phone" />}
        <HandKey call={call} class="wide-only" />
        <ChatKey {...props} class="phone-only" />
        <More {...props} />
        <span class="bar-rule" />
        <BarKey
          icon={<Icon name="leave" size={22} />}
          caption={room.leave}
          tone="end"
          onPress={() => call.leave()}
        />
      </div>
      <div class="bar-panels">
        <Links {...props} id={panelKeyIds.links} class="wide-only" />
        <PeopleKey {...props} />
        <ChatKey {...props} id={panelKeyIds.chat} />
      </div>
    </footer>
  );
}

function RoomLine({ call, room, link }: BarProps): JSX.Element {
  const { common } = useWords();
  return (
    <div class="bar-room">
      <p>
        <strong class="room-name" translate={false}>{room}</strong>
        <CallTime call={call} />
      </p>
      <CopyLink link={link} class="quiet copy-link" icon={<Icon name="link" />}>
        {common.copyLink}
      </CopyLink>
    </div>
  );
}

function Links(
  { call, selfId, panel, onPanel, parts, ...marks }: BarProps & { id?: string; class?: string },
): JSX.Element | null {
  if (parts === undefined) return null;
  return (
    <parts.LinksKey
      call={call}
      selfId={selfId}
      open={panel === "links"}
      onPress={() => onPanel("links")}
      id={marks.id}
      class={marks.class}
    />
  );
}

function PeopleKey({ panel, onPanel }: BarProps): JSX.Element {
  const { room } = useWords();
  const open = panel === "people";
  return (
    <BarKey
      id={panelKeyIds.people}
      icon={<Icon name="people" size={22} />}
      caption={room.peoplePanel}
      tone={open ? "on" : "plain"}
      expanded={open}
      onPress={() => onPanel("people")}
    />
  );
}

function ChatKey(
  { call, panel, onPanel, id, class: name }: BarProps & { id?: string; class?: string },
): JSX.Element {
  const { room, common } = useWords();
  const unread = call.chat.unread.value;
  const open = panel === "chat";
  return (
    <BarKey
      id={id}
      class={name}
      icon={<Icon name="chat" size={22} />}
      caption={room.chat}
      tone={open ? "on" : "plain"}
      expanded={open}
      badge={unread}
      badgeWords={counted(room.unread, { count: unread, locale: common.locale })}
      onPress={() => onPanel("chat")}
    />
  );
}

function HandKey({ call, class: name }: { call: Call; class?: string }): JSX.Element {
  const { room } = useWords();
  const { hand } = call.room.self.value.state;
  return (
    <BarKey
      class={name}
      icon={<Icon name="hand" size={22} />}
      caption={room.hand}
      tone={hand ? "on" : "plain"}
      pressed={hand}
      onPress={() => call.toggleHand()}
    />
  );
}

/** What a narrow bar has no room for. */
function More(props: BarProps): JSX.Element {
  const { call, link, selfId, parts } = props;
  const { room, links, common } = useWords();
  const broken = parts?.brokenPairs(call, selfId) ?? 0;
  const [open, setOpen] = useState(false);
  return (
    <div class="more">
      <BarKey
        icon={<Icon name="more" size={22} />}
        caption={room.more}
        tone={open ? "on" : "plain"}
        expanded={open}
        badge={broken}
        badgeTone="danger"
        badgeWords={counted(links.brokenPairs, { count: broken, locale: common.locale })}
        onPress={() => setOpen(!open)}
      />
      {open && parts !== undefined && (
        <parts.Popover
          label={room.more}
          class="more-menu"
          onClose={() => setOpen(false)}
        >
          {canShare() && <ShareKey call={call} class="phone-only" />}
          <HandKey call={call} />
          <Links {...props} />
          <parts.ViewKeys call={call} onDone={() => setOpen(false)} />
          <CopyLink link={link} class="quiet" icon={<Icon name="link" />}>
            {common.copyLink}
          </CopyLink>
        </parts.Popover>
      )}
    </div>
  );
}

/** Time in the call, ticking. */
export function CallTime({ call }: { call: Call }): JSX.Element {
  const { room } = useWords();
  const since = call.joinedAt.value;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span class="clock" role="timer" aria-label={room.callTime}>
      {clockTime(since === undefined ? 0 : now - since)}
    </span>
  );
}
