import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { HappenedEntry, SaidEntry } from "./chat_store.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { ChatText } from "./ChatText.tsx";
import type { Standing } from "./chat_grouping.ts";
import { confidant, gist, happening, refusalWords } from "./chat_words.ts";
import { timeOfDay } from "../ui/clock.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** What a line needs besides itself. `answered`: the line it answers, if the page has it. */
export interface ChatLineProps {
  readonly entry: SaidEntry;
  readonly standing: Standing;
  /** Stands at own lines that wait: the server has not stamped them yet. */
  readonly selfName: string;
  readonly answered: SaidEntry | undefined;
  /** Its key can be reached with Tab; the keys of other lines with the arrows from there. */
  readonly isTabStop: boolean;
  readonly menuOpen: boolean;
  readonly onMenu: (entry: SaidEntry, key: HTMLElement) => void;
  readonly onJump: (entry: SaidEntry) => void;
}

/** The id of a line's element, for jumps. */
export function lineId({ key }: SaidEntry): string {
  return `line-${key}`;
}

/** Somebody came, went, or the connection did. */
export function Happened({ entry }: { entry: HappenedEntry }): JSX.Element {
  const words = useWords();
  return (
    <p class="chat-happened notranslate" translate={false}>
      {happening(entry, words)} · <Time at={entry.at} />
    </p>
  );
}

/** Something said, by whom, to whom, and what became of it. */
export function ChatLine(props: ChatLineProps): JSX.Element {
  const { entry, standing, selfName } = props;
  const { own, from, at, delivery, version, to, change } = entry;
  // A finger has no hover: a touch of the line shows its key.
  const [touched, setTouched] = useState(false);
  const name = entry.name === "" ? selfName : entry.name;
  const classes = [
    `chat-line ${delivery}`,
    version === "deleted" && "deleted",
    own && "own",
    standing.first && "first",
    standing.last && "last",
    to !== undefined && "private",
    touched && "touched",
  ];
  return (
    <div
      id={lineId(entry)}
      tabIndex={-1}
      class={classes.filter(Boolean).join(" ")}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        const stays = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
        if (!stays) setTouched(false);
      }}
    >
      <p
        class={`chat-head notranslate${own || !standing.first ? " unseen" : ""}`}
        translate={false}
      >
        <strong dir="auto">{name}</strong> <Time at={at} />
      </p>
      {!own && standing.last && <Avatar peerId={from} name={name} />}
      {/* At the end of a touch and not before: the key would be under the finger and take it. */}
      <div class="chat-bubble" onClick={() => setTouched(true)}>
        <Bubble {...props} name={name} />
      </div>
      {(own && standing.last || change !== "none") && <Foot entry={entry} />}
    </div>
  );
}

function Bubble(
  { entry, answered, onJump, name, ...rest }: ChatLineProps & { name: string },
): JSX.Element {
  const { chat } = useWords();
  const other = confidant(entry);
  const isDeleted = entry.version === "deleted";
  return (
    <>
      {other !== undefined && (
        <p class="chat-private notranslate" translate={false}>
          <Icon name="lock" size={16} /> {fill(chat.privateTo, { name: other })}
        </p>
      )}
      {entry.answers !== undefined && !isDeleted && <Quote answered={answered} onJump={onJump} />}
      {/* A browser's translation puts nodes of its own here: another text is another element. */}
      <div class="chat-text" dir="auto" key={`${entry.version} ${entry.text}`}>
        {isDeleted
          ? (
            <span class="notranslate" translate={false}>
              {entry.own ? chat.deletedOwn : chat.deleted}
            </span>
          )
          : <ChatText text={entry.text} />}
        {entry.version === "edited" && (
          <span class="chat-mark notranslate" translate={false}>{chat.edited}</span>
        )}
      </div>
      {entry.delivery === "delivered" && !isDeleted && (
        <LineKey entry={entry} name={name} {...rest} />
      )}
    </>
  );
}

function LineKey(
  { entry, name, isTabStop, menuOpen, onMenu }:
    & Pick<ChatLineProps, "entry" | "isTabStop" | "menuOpen" | "onMenu">
    & { name: string },
): JSX.Element {
  const { chat, common } = useWords();
  const time = timeOfDay(entry.at, common.locale);
  return (
    <button
      type="button"
      class="line-key"
      tabIndex={isTabStop ? 0 : -1}
      aria-label={fill(chat.actions, { name, time })}
      aria-haspopup="menu"
      aria-expanded={menuOpen}
      onClick={(event) => onMenu(entry, event.currentTarget)}
    >
      <Icon name="more" size={16} />
    </button>
  );
}

/** The line that is answered, in one line; a press goes there. */
function Quote(
  { answered, onJump }: Pick<ChatLineProps, "answered" | "onJump">,
): JSX.Element {
  const words = useWords();
  if (answered === undefined) {
    return <p class="chat-quote notranslate" translate={false}>{words.chat.answerGone}</p>;
  }
  const said = gist(answered, words);
  return (
    <button type="button" class="chat-quote" onClick={() => onJump(answered)}>
      <strong class="notranslate" translate={false} dir="auto">{answered.name}</strong>
      <span key={said} dir="auto">{said}</span>
    </button>
  );
}

function Foot({ entry }: { entry: SaidEntry }): JSX.Element {
  const words = useWords();
  const { chat } = words;
  const { delivery, change, at } = entry;
  if (delivery === "waiting" || change === "waiting") {
    return (
      <p class="chat-foot warn notranslate" translate={false}>
        <Icon name="clock" size={16} /> {chat.waiting}
      </p>
    );
  }
  if (delivery === "refused" || change === "refused") {
    return (
      <p class="chat-foot bad notranslate" translate={false}>
        <Icon name="alert" size={16} /> {refusalWords(entry, words)}
      </p>
    );
  }
  return (
    <p class="chat-foot notranslate" translate={false}>
      {/* The head says the time to those who hear the page. */}
      <span aria-hidden="true">
        <Time at={at} />
      </span>
      <Icon name="delivered" size={16} />
      <span class="unseen">{chat.delivered}</span>
    </p>
  );
}

function Time({ at }: { at: number }): JSX.Element {
  const { common } = useWords();
  return <time dateTime={new Date(at).toISOString()}>{timeOfDay(at, common.locale)}</time>;
}
