import type { JSX } from "preact";
import type { AdminRoomInFull } from "../../protocol/admin.ts";
import type { AdminPlace } from "./admin_store.ts";
import type { Question } from "../ui/ConfirmDialog.tsx";
import { CopyLink } from "../ui/CopyLink.tsx";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import type { AdminWords } from "../ui/words/mod.ts";

/** The actions of a room page; `peerId`: the member to remove. */
export interface RoomActions {
  readonly words: AdminWords;
  /** Undefined: back to all rooms. */
  readonly onOpen: (room: string | undefined) => void;
  readonly onRemove: (room: string, whom: { peerId: string; ban: boolean }) => void;
  readonly onClose: (room: string) => void;
}

/** One room: its people, and the actions that remove them or close it. */
export function AdminRoomPage(
  { place: { name, room }, words, onOpen, onRemove, onClose, onAsk }: RoomActions & {
    place: AdminPlace & { kind: "room" };
    onAsk: (question: Question) => void;
  },
): JSX.Element {
  return (
    <section class="desk-section" aria-labelledby="room-title">
      <button type="button" class="quiet" onClick={() => onOpen(undefined)}>
        <Icon name="back" />
        {words.back}
      </button>
      <h2 id="room-title" dir="auto">{name}</h2>
      {room?.sealed && <p class="dim">{words.sealedLine}</p>}
      {room === undefined && <p class="dim">{words.loading}</p>}
      {room === null && <p class="dim">{words.gone}</p>}
      {room && (
        <>
          <People
            room={room}
            words={words}
            onAsk={(peerId, ban) => onAsk(removal(room, { peerId, ban, words, onRemove }))}
          />
          <div class="desk-keys desk-keys-near">
            {!room.sealed && <Links room={room} words={words} />}
            <button
              type="button"
              class="secondary danger"
              onClick={() =>
                onAsk({
                  title: fill(words.closeTitle, { room: name }),
                  line: words.closeLine,
                  action: words.closeIt,
                  onYes: () => onClose(name),
                })}
            >
              {words.close}
            </button>
          </div>
          {!room.sealed && <p class="dim">{words.ownerLine}</p>}
        </>
      )}
    </section>
  );
}

/** Of an open room; those of a sealed one would lack its secret. */
function Links({ room: { url, ownerUrl }, words }: {
  room: AdminRoomInFull;
  words: AdminWords;
}): JSX.Element {
  return (
    <>
      <a class="secondary" href={url} target="_blank" rel="noopener">
        <Icon name="arrow-right" />
        {words.openLink}
      </a>
      <CopyLink class="secondary" icon={<Icon name="key" />} link={ownerUrl}>
        {words.ownerLink}
      </CopyLink>
    </>
  );
}

/** The name of a person, or what tells the people of a sealed room apart. */
function nameOf({ name, peerId }: AdminRoomInFull["peers"][number], words: AdminWords): string {
  return name === "" ? fill(words.person, { id: peerId.slice(0, 8) }) : name;
}

function removal(
  { name, peers }: AdminRoomInFull,
  { peerId, ban, words, onRemove }: {
    peerId: string;
    ban: boolean;
    words: AdminWords;
    onRemove: RoomActions["onRemove"];
  },
): Question {
  const whom = peers.find((peer) => peer.peerId === peerId);
  const person = { name: whom === undefined ? "" : nameOf(whom, words) };
  return {
    title: fill(ban ? words.banTitle : words.removeTitle, person),
    line: fill(ban ? words.banLine : words.removeLine, person),
    action: ban ? words.ban : words.remove,
    onYes: () => onRemove(name, { peerId, ban }),
  };
}

function People({ room: { peers }, words, onAsk }: {
  room: AdminRoomInFull;
  words: AdminWords;
  onAsk: (peerId: string, ban: boolean) => void;
}): JSX.Element {
  if (peers.length === 0) return <p class="dim">{words.nobody}</p>;
  return (
    <ul class="desk-rows">
      {peers.map((peer) => <Person key={peer.peerId} peer={peer} words={words} onAsk={onAsk} />)}
    </ul>
  );
}

function Person({ peer, words, onAsk }: {
  peer: AdminRoomInFull["peers"][number];
  words: AdminWords;
  onAsk: (peerId: string, ban: boolean) => void;
}): JSX.Element {
  const { peerId, owner, away } = peer;
  const name = nameOf(peer, words);
  return (
    <li class="desk-person">
      <span class="desk-words">
        <strong dir="auto">{name}</strong>
        <span>
          {[...owner ? [words.owner] : [], ...away ? [words.away] : []].join(" · ")}
        </span>
      </span>
      <span class="desk-person-keys">
        <button type="button" class="secondary small" onClick={() => onAsk(peerId, false)}>
          {words.remove}
          <span class="unseen">{name}</span>
        </button>
        <button type="button" class="secondary small danger" onClick={() => onAsk(peerId, true)}>
          {words.ban}
          <span class="unseen">{name}</span>
        </button>
      </span>
    </li>
  );
}
