import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Call } from "../../call/mod.ts";
import type { ChatEntry, LineEntry } from "../chat_entries.ts";
import { Icon } from "../../ui/Icon.tsx";
import { fill, listed } from "../../ui/phrases.ts";
import { chatMarkWordsOf } from "../../ui/words/late/chat_marks.ts";
import { useWords } from "../../ui/words.ts";
import { signsOf } from "./extra.tsx";
import { readersOf } from "./reading.ts";

/** Names beyond this number are counted only by the title. */
const namesMost = 3;

/** Who is writing, at the end of the log. `shown`: the panel is open. */
export function Writers({ call, shown }: { call: Call; shown: boolean }): JSX.Element | null {
  const words = chatMarkWordsOf(useWords());
  const reading = signsOf(call).value?.reading;
  useEffect(() => {
    reading?.look();
    const look = () => reading?.look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [reading, shown]);
  const peers = call.room.peers.value;
  const names = (reading?.writers.value ?? []).flatMap((peerId) =>
    peers.find((peer) => peer.peerId === peerId)?.peer.value.name ?? []
  );
  const [name, other] = names;
  if (name === undefined) return null;
  return (
    <p class="chat-writing notranslate" translate={false}>
      {other === undefined
        ? fill(words.writesOne, { name })
        : names.length === 2
        ? fill(words.writesTwo, { name, other })
        : words.writesMany}
    </p>
  );
}

/** Who has read an own line. */
export function ReadBy({ call, entry, entries }: {
  readonly call: Call;
  readonly entry: LineEntry;
  readonly entries: readonly ChatEntry[];
}): JSX.Element | null {
  const all = useWords();
  const words = chatMarkWordsOf(all);
  const { locale } = all.common;
  const read = signsOf(call).value?.reading.read.value;
  if (read === undefined) return null;
  const readers = readersOf(entry, { entries, read });
  const peers = call.room.peers.value;
  const names = peers.filter(({ peerId }) => readers.includes(peerId))
    .map(({ peer }) => peer.value.name);
  if (names.length === 0) return null;
  const everyone = listed(names, locale);
  const isAll = names.length === peers.length && names.length > 1;
  const short = names.length > namesMost ? [...names.slice(0, namesMost), "…"] : names;
  return (
    <span class="chat-read" title={everyone}>
      <Icon name="eye" size={16} />
      {isAll ? words.readByAll : fill(words.readBy, { names: listed(short, locale) })}
    </span>
  );
}
