import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Call, LinkState, PeerView, Words } from "../state/mod.ts";
import { Avatar } from "./Avatar.tsx";
import { CopyLink } from "./CopyLink.tsx";
import { Icon } from "./Icon.tsx";
import { InviteKey } from "./InviteKey.tsx";
import { Panel } from "./Panel.tsx";
import { counted, fill } from "./phrases.ts";
import { useWords } from "./words.ts";

/** The roster of the room, with oneself first. */
export interface PeoplePanelProps {
  readonly call: Call;
  readonly selfId: string;
  readonly link: string;
  readonly onInvite: () => void;
  readonly onClose: () => void;
}

/** Who is here. The server's truth: a broken link makes nobody vanish. */
export function PeoplePanel({ onInvite, onClose, ...props }: PeoplePanelProps): JSX.Element {
  const { room, common } = useWords();
  const { call, selfId, link } = props;
  const peers = call.room.peers.value;
  const { name, state } = call.room.self.value;
  useEffect(() => document.getElementById("people-title")?.focus(), []);
  return (
    <Panel
      id="people"
      title={counted(room.people, { count: peers.length + 1, locale: common.locale })}
      shown
      onClose={onClose}
    >
      <ul class="people">
        <li>
          <Avatar peerId={selfId} name={name} />
          <span class="person-words">
            <strong>{fill(common.selfName, { name })}</strong>
          </span>
          <Marks {...state} />
        </li>
        {peers.map((view) => <Person key={view.peerId} view={view} />)}
      </ul>
      <div class="panel-foot">
        <CopyLink link={link} class="secondary" icon={<Icon name="link" />}>
          {common.copyLink}
        </CopyLink>
        <InviteKey class="primary" onPress={onInvite} />
      </div>
    </Panel>
  );
}

function Person({ view }: { view: PeerView }): JSX.Element {
  const words = useWords();
  const { name, state, away } = view.peer.value;
  return (
    <li>
      <Avatar peerId={view.peerId} name={name} />
      <span class="person-words">
        <strong>{name}</strong>
        <span>{away ? fill(words.link.away, { name }) : linkWords(view.link.value, words)}</span>
      </span>
      <Marks {...state} />
    </li>
  );
}

function linkWords(link: LinkState, { link: said, room }: Words): string {
  switch (link.kind) {
    case "connecting":
      return said.connecting;
    case "connected":
      return link.path === "relayed"
        ? said.relayed
        : link.path === "direct"
        ? said.direct
        : room.online;
    case "reconnecting":
      return said.reconnectingNow;
    case "failed":
      return said.failedShort;
    default:
      return link satisfies never;
  }
}

function Marks({ microphone, camera, hand }: {
  microphone: boolean;
  camera: boolean;
  hand: boolean;
}): JSX.Element {
  const { room } = useWords();
  return (
    <span class="person-marks">
      {hand && <Icon name="hand" class="warn" />}
      {hand && <span class="unseen">{room.handRaised}</span>}
      {microphone ? <Icon name="microphone" /> : <Icon name="microphone-off" class="bad" />}
      {!microphone && <span class="unseen">{room.isMuted}</span>}
      {camera ? <Icon name="video" /> : <Icon name="video-off" class="dim" />}
      {!camera && <span class="unseen">{room.cameraIsOff}</span>}
    </span>
  );
}
