import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { LinkState } from "../../mesh/mod.ts";
import type { Rules } from "../../protocol/mod.ts";
import type { PeerView } from "../room/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { CopyLink } from "../ui/CopyLink.tsx";
import { handOrder } from "../talk/views.ts";
import { Icon } from "../ui/Icon.tsx";
import { InviteKey } from "./InviteKey.tsx";
import { type LinkPair, pairWith } from "../links/views.ts";
import { ProgramLine } from "../program/views.ts";
import { Panel } from "../ui/Panel.tsx";
import { counted, fill } from "../ui/phrases.ts";
import { TrustSection, useTrustWords, WordsKey } from "../trust/views.ts";
import { useOwnerViews } from "./lazy.ts";
import { useWords } from "../ui/words.ts";

const doors = ["locked", "knocking", "password"] as const;
const deeds = ["chat", "screen", "files"] as const;

/** The roster of the room: raised hands in their order, then the person, then the others. */
export interface PeoplePanelProps {
  readonly call: Call;
  readonly selfId: string;
  readonly link: string;
  readonly onInvite: () => void;
  readonly onClose: () => void;
}

/** Who is in the room, as the server says: a broken connection removes nobody. */
export function PeoplePanel({ onInvite, onClose, ...props }: PeoplePanelProps): JSX.Element {
  const { room, common } = useWords();
  const { call, selfId, link } = props;
  const peers = call.room.peers.value;
  const hands = handOrder(call);
  const order = inOrder([selfId, ...peers.map(({ peerId }) => peerId)], hands);
  const ofOwners = useOwnerViews(call.owners.owns);
  const { rules } = call.owners;
  const numberOf = (peerId: string) =>
    hands.length > 1 && hands.includes(peerId) ? hands.indexOf(peerId) + 1 : undefined;
  // Before the first paint, so that keys typed right away go here.
  useLayoutEffect(() => document.getElementById("people-title")?.focus(), []);
  return (
    <Panel
      id="people"
      title={counted(room.people, { count: peers.length + 1, locale: common.locale })}
      shown
      onClose={onClose}
    >
      <div class="people-page">
        {ofOwners && <ofOwners.KnockList call={call} />}
        <ul class="people">
          {order.map((peerId) => {
            const view = peers.find((each) => each.peerId === peerId);
            return view === undefined
              ? <Self key={peerId} call={call} selfId={peerId} number={numberOf(peerId)} />
              : (
                <Person
                  selfId={selfId}
                  key={peerId}
                  call={call}
                  view={view}
                  number={numberOf(peerId)}
                >
                  {ofOwners && (
                    <ofOwners.PersonMenu
                      call={call}
                      peerId={peerId}
                      name={view.peer.value.name}
                    />
                  )}
                </Person>
              );
          })}
        </ul>
        <TrustSection call={call} />
        {rules !== undefined && (ofOwners === undefined
          ? <RulesInWords rules={rules} />
          : <ofOwners.RoomRules call={call} rules={rules} />)}
        <ProgramLine />
      </div>
      <div class="panel-foot">
        <CopyLink link={link} class="secondary" icon={<Icon name="link" />}>
          {common.copyLink}
        </CopyLink>
        <InviteKey class="primary" onPress={onInvite} />
      </div>
    </Panel>
  );
}

function inOrder(members: readonly string[], hands: readonly string[]): string[] {
  return [...hands, ...members.filter((peerId) => !hands.includes(peerId))];
}

function Self({ call, selfId, number }: {
  call: Call;
  selfId: string;
  number: number | undefined;
}): JSX.Element {
  const { common, talk } = useWords();
  const { name, state } = call.room.self.value;
  return (
    <li data-person={selfId}>
      <Avatar peerId={selfId} name={name} />
      <span class="person-words">
        <strong>{fill(common.selfName, { name })}</strong>
        {call.owners.isOwner(selfId) && <OwnerMark />}
        {state.hand && (
          <button type="button" class="lower-hand" onClick={() => call.toggleHand()}>
            {talk.lowerHand}
          </button>
        )}
      </span>
      <Marks {...state} number={number} />
    </li>
  );
}

/** Marks an owner of the room. */
function OwnerMark(): JSX.Element {
  const { owners } = useWords();
  return (
    <span class="owner-mark">
      <Icon name="key" size={16} />
      {owners.owner}
    </span>
  );
}

function Person({ call, selfId, view, number, children }: {
  call: Call;
  selfId: string;
  view: PeerView;
  number: number | undefined;
  children: ComponentChildren;
}): JSX.Element {
  const words = useWords();
  const { state, away } = view.peer.value;
  const name = view.peer.value.name || words.common.someone;
  const trust = useTrustWords(call, view.peerId);
  const link = linkWords(view.link.value, { pair: pairWith(call, [selfId, view.peerId]), words });
  return (
    <li data-person={view.peerId}>
      <Avatar peerId={view.peerId} name={name} />
      <span class="person-words">
        <strong dir="auto">{name}</strong>
        {call.owners.isOwner(view.peerId) && <OwnerMark />}
        <span>
          {away
            ? fill(words.link.away, { name })
            : trust === undefined
            ? link
            : `${trust} · ${link}`}
        </span>
      </span>
      <Marks {...state} number={number} />
      <WordsKey call={call} peerId={view.peerId} name={name} />
      {children}
    </li>
  );
}

function linkWords(
  link: LinkState,
  { pair: { rung }, words: { link: said, links, room } }: { pair: LinkPair; words: Words },
): string {
  switch (link.kind) {
    case "connecting":
      return said.connecting;
    case "connected":
      return rung === "unknown" ? room.online : links.state[rung];
    case "reconnecting":
      return said.reconnectingNow;
    case "failed":
      return said.failedShort;
    default:
      return link satisfies never;
  }
}

function Marks({ microphone, camera, hand, number }: {
  microphone: boolean;
  camera: boolean;
  hand: boolean;
  /** The position among several raised hands. */
  number: number | undefined;
}): JSX.Element {
  const { room, talk } = useWords();
  return (
    <span class="person-marks">
      {hand && (
        <span class="person-hand">
          <Icon name="hand" class="warn" />
          <span class="unseen">{room.handRaised}</span>
          {number !== undefined && (
            <>
              <span class="hand-number" aria-hidden="true">{number}</span>
              <span class="unseen">{fill(talk.handNumber, { number })}</span>
            </>
          )}
        </span>
      )}
      {microphone ? <Icon name="microphone" /> : <Icon name="microphone-off" class="bad" />}
      {!microphone && <span class="unseen">{room.isMuted}</span>}
      {camera ? <Icon name="video" /> : <Icon name="video-off" class="dim" />}
      {!camera && <span class="unseen">{room.cameraIsOff}</span>}
    </span>
  );
}

/** The room settings in words, for everyone else. */
function RulesInWords({ rules }: { rules: Rules }): JSX.Element | null {
  const { owners } = useWords();
  const lines = [
    ...doors.filter((rule) => rules[rule]),
    ...deeds.filter((deed) => rules[deed] === "owners"),
  ].map((rule) => owners.rules[rule]);
  if (lines.length === 0) return null;
  return (
    <section class="room-rules" aria-labelledby="rules-title">
      <h3 id="rules-title">{owners.title}</h3>
      <ul class="rules-in-words">
        {lines.map((line) => <li key={line}>{line}</li>)}
      </ul>
    </section>
  );
}
