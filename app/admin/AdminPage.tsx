import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { AdminNode, AdminRoom } from "../../protocol/admin.ts";
import type { AdminPlace, AdminTrouble } from "./admin_store.ts";
import { AdminRoomPage, type RoomActions } from "./AdminRoomPage.tsx";
import { ConfirmDialog, type Question } from "../ui/ConfirmDialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { counted, fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import type { AdminWords } from "../ui/words/mod.ts";

/** What the page shows and asks for. */
export interface AdminPageProps extends RoomActions {
  readonly place: AdminPlace;
  readonly trouble: AdminTrouble | undefined;
  /** The nodes of the cluster. */
  readonly nodes: readonly AdminNode[];
  readonly onEnter: (token: string) => void;
  readonly onLeave: () => void;
  readonly onDrain: () => void;
}

/** Rooms, the people in them, and what an administrator can do. */
export function AdminPage(props: AdminPageProps): JSX.Element {
  const { place, trouble, words } = props;
  const [question, ask] = useState<Question>();
  return (
    <main class="desk desk-wide">
      <h1>{place.kind === "stopping" ? words.stopping : words.title}</h1>
      {trouble !== undefined && place.kind !== "door" && (
        <p class="desk-summary desk-bad" role="alert">{troubleWords(trouble, words)}</p>
      )}
      {place.kind === "door" && <Door {...props} />}
      {place.kind === "stopping" && <p class="desk-lead">{words.stoppingLine}</p>}
      {place.kind === "rooms" && <Rooms {...props} rooms={place.rooms} onAsk={ask} />}
      {place.kind === "room" && <AdminRoomPage {...props} place={place} onAsk={ask} />}
      {question !== undefined && (
        <ConfirmDialog
          question={question}
          onClose={() => ask(undefined)}
        />
      )}
    </main>
  );
}

function troubleWords(trouble: AdminTrouble, words: AdminWords): string {
  switch (trouble.kind) {
    case "wrong-token":
      return words.wrong;
    case "hasty":
      return fill(words.hasty, { seconds: trouble.seconds });
    case "unreachable":
      return words.unreachable;
    case "refused":
      return fill(words.refused, { reason: trouble.reason });
    default:
      return trouble satisfies never;
  }
}

function Door({ trouble, words, onEnter }: AdminPageProps): JSX.Element {
  const [token, setToken] = useState("");
  return (
    <form
      class="desk-door"
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() !== "") onEnter(token);
      }}
    >
      <p class="desk-lead">{words.door}</p>
      <label class="labelled">
        {words.token}
        <span class="field with-icon">
          <Icon name="key" />
          <input
            type="password"
            name="admin-token"
            autocomplete="current-password"
            value={token}
            aria-invalid={trouble !== undefined}
            aria-describedby={trouble === undefined ? undefined : "token-trouble"}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </span>
        {trouble !== undefined && (
          <span class="field-error" id="token-trouble" role="alert">
            {troubleWords(trouble, words)}
          </span>
        )}
      </label>
      <button type="submit" class="primary">{words.enter}</button>
    </form>
  );
}

function Rooms({ rooms, nodes, words, onOpen, onLeave, onDrain, onAsk }: AdminPageProps & {
  rooms: readonly AdminRoom[] | undefined;
  onAsk: (question: Question) => void;
}): JSX.Element {
  const drain = () =>
    onAsk({
      title: words.drainTitle,
      line: words.drainLine,
      action: words.drainIt,
      onYes: onDrain,
    });
  return (
    <>
      <section class="desk-section" aria-labelledby="rooms-title">
        <h2 id="rooms-title">{words.rooms}</h2>
        {rooms === undefined
          ? <p class="dim">{words.loading}</p>
          : rooms.length === 0
          ? <p class="dim">{words.none}</p>
          : (
            <ul class="desk-rows">
              {rooms.map((room) => (
                <li key={room.name}>
                  <RoomRow room={room} words={words} onOpen={onOpen} />
                </li>
              ))}
            </ul>
          )}
      </section>
      <section class="desk-section" aria-labelledby="server-title">
        <h2 id="server-title">{words.server}</h2>
        {nodes.length > 0 && (
          <ul class="desk-rows">
            {nodes.map((node) => (
              <li key={node.node}>
                <NodeRow node={node} words={words} />
              </li>
            ))}
          </ul>
        )}
        <div class="desk-keys desk-keys-near">
          <button type="button" class="secondary danger" onClick={drain}>{words.drain}</button>
          <button type="button" class="secondary" onClick={onLeave}>{words.leave}</button>
        </div>
      </section>
    </>
  );
}

function NodeRow({ node: { node, version, rooms, takesRooms, answering }, words }: {
  node: AdminNode;
  words: AdminWords;
}): JSX.Element {
  const { common: { locale } } = useWords();
  const said = [
    version,
    counted(words.nodeRooms, { count: rooms, locale }),
    ...takesRooms ? [] : [words.takesNoRooms],
    ...answering ? [words.answering] : [],
  ];
  return (
    <span class="desk-words">
      <strong>{node}</strong>
      <span>{said.join(" · ")}</span>
    </span>
  );
}

function RoomRow({ room: { name, peers, sealed, rules }, words, onOpen }: {
  room: AdminRoom;
  words: AdminWords;
  onOpen: (room: string) => void;
}): JSX.Element {
  const { common: { locale } } = useWords();
  const said = [
    peers === 0 ? words.empty : counted(words.people, { count: peers, locale }),
    ...sealed ? [words.sealed] : [],
    ...rules.locked ? [words.locked] : [],
    ...rules.knocking ? [words.knocking] : [],
    ...rules.password ? [words.password] : [],
  ];
  return (
    <button type="button" class="desk-row" onClick={() => onOpen(name)}>
      <span class="desk-words">
        <strong dir="auto">{name}</strong>
        <span>{said.join(" · ")}</span>
      </span>
      <Icon name="forward" />
    </button>
  );
}
