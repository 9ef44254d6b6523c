import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import { handOrder } from "./hand_order.ts";
import { counted, fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

const everyMs = 2_000;
const mostAtOnce = 3;

/** Announces raised hands and reactions; at most once in two seconds, many as a number. */
export function TalkAnnouncer({ call }: { call: Call }): JSX.Element {
  const words = useWords();
  const [said, setSaid] = useState("");
  useEffect(() => {
    let hands = handOrder(call);
    let heard = newestKey(call);
    const timer = setInterval(() => {
      const order = handOrder(call);
      const raised = order.filter((peerId) => !hands.includes(peerId));
      const news = [...handWords(call, raised, words), ...reactionWords(call, heard, words)];
      hands = order;
      heard = newestKey(call);
      if (news.length > 0) setSaid(news.join(". "));
    }, everyMs);
    return () => clearInterval(timer);
  }, [call, words]);
  return <p class="unseen" role="status">{said}</p>;
}

function newestKey(call: Call): number {
  return call.talk.peek()?.reactions.shown.peek().at(-1)?.key ?? 0;
}

/** The name of another person; undefined for the person, whose own actions are not announced. */
function nameOf(call: Call, peerId: string): string | undefined {
  return call.room.peers.peek().find((view) => view.peerId === peerId)?.peer.peek().name;
}

function handWords(call: Call, raised: readonly string[], { talk }: Words): string[] {
  return raised.flatMap((peerId) => {
    const name = nameOf(call, peerId);
    return name === undefined ? [] : [fill(talk.handUp, { name })];
  });
}

function reactionWords(call: Call, heard: number, { talk, common }: Words): string[] {
  const shown = call.talk.peek()?.reactions.shown.peek() ?? [];
  const news = shown.filter(({ key }) => key > heard).flatMap(({ peerId, reaction }) => {
    const name = nameOf(call, peerId);
    return name === undefined ? [] : [fill(talk.says, { name, what: talk.reactions[reaction] })];
  });
  if (news.length <= mostAtOnce) return news;
  return [counted(talk.manyReactions, { count: news.length, locale: common.locale })];
}
