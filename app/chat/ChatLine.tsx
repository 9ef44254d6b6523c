import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { HappenedEntry, LineEntry } from "./chat_entries.ts";
import { Avatar } from "../ui/Avatar.tsx";
import type { LateLines } from "./marks/lazy.ts";
import type { Standing } from "./chat_grouping.ts";
import { confidant, gist, happening, refusalWords } from "./chat_words.ts";
import { timeOfDay } from "../ui/clock.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** `answered`: the line it answers, if the page has it. */
export interface ChatLineProps {
  readonly call: Call;
  /** Undefined: not loaded yet. */
  readonly lines: LateLines | undefined;
  readonly selfId: string;
  /** Whom a line may mention. */
  readonly names: readonly string[];
  /** Who has read the last own line. */
  readonly readBy: ComponentChildren;
  readonly entry: LineEntry;
  readonly standing: Standing;
  /** The name on own lines that wait for the server's echo. */
  readonly selfName: string;
  readonly answered: LineEntry | undefined;
  /** Tab reaches its key; arrow keys reach those of the other lines from there. */
  readonly isTabStop: boolean;
  readonly menuOpen: boolean;
  readonly onMenu: (entry: LineEntry, key: HTMLElement) => void;
  readonly onJump: (entry: LineEntry) => void;
}

/** The id of a line's element, for jumps. */
export function lineId({ key }: LineEntry): string {
  return `line-${key}`;
}

/** A system line: a join, a leave, or a change of the connection. */
export function Happened({ entry }: { entry: HappenedEntry }): JSX.Element {
  const words = useWords();
  return (
    <p class="chat-happened notranslate" translate={false}>
      {happening(entry, words)} · <Time at={entry.at} />
    </p>
  );
}

/** A chat line: author, addressee, text and delivery. */
export function ChatLine(props: ChatLineProps): JSX.Element {
  const { entry, standing, selfName, lines } = props;
  const { own, from, at, delivery, version, to, change } = entry;
  // Touch has no hover: a tap on the line shows its key.
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
    !own && lines?.isMentioned(entry.text, selfName) && "mentions",
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
      {/* On click, not on touch: the key would appear under the finger and receive the tap. */}
      <div class="chat-bubble" onClick={() => setTouched(true)}>
        <Bubble {...props} name={name} />
      </div>
      {lines && <lines.LineMarks {...props} />}
      {(own && standing.last || change !== "none") && <Foot entry={entry} readBy={props.readBy} />}
    </div>
  );
}

function Bubble(
  { entry, answered, onJump, name, lines, names, selfName, ...rest }: ChatLineProps & {
    name: string;
  },
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
      {/* Browser translation inserts nodes here, so a new text needs a new element. */}
      <div
        class="chat-text"
        dir="auto"
        key={`${entry.version} ${entry.text} ${lines !== undefined}`}
      >
        {isDeleted
          ? (
            <span class="notranslate" translate={false}>
              {entry.deletion ?? (entry.own ? chat.deletedOwn : chat.deleted)}
            </span>
          )
          : lines
          ? <lines.LineText text={entry.text} names={names} selfName={selfName} />
          : entry.text}
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

/** The line that is answered, in one line; a press jumps to it. */
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

function Foot(
  { entry, readBy }: Pick<ChatLineProps, "entry" | "readBy">,
): JSX.Element {
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
      {/* Screen readers get the time from the head. */}
      <span aria-hidden="true">
        <Time at={at} />
      </span>
      <Icon name="delivered" size={16} />
      <span class="unseen">{chat.delivered}</span>
      {readBy}
    </p>
  );
}

function Time({ at }: { at: number }): JSX.Element {
  const { common } = useWords();
  return <time dateTime={new Date(at).toISOString()}>{timeOfDay(at, common.locale)}</time>;
}
