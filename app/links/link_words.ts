/** The summary of the Connections view, worst first. Pure. */
import type { PeerId } from "../../protocol/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import { culpritOf, isBroken, type LinkPair, relayedOf } from "./link_pairs.ts";
import { counted, fill, listed } from "../ui/phrases.ts";

/** One remark. `retry`: the peer whose connection can be retried. */
export interface LinkRemark {
  readonly key: string;
  readonly tone: "failed" | "waiting" | "relayed" | "direct";
  readonly title: string;
  readonly line: string;
  readonly retry?: PeerId;
}

/** The facts for the remarks. */
export interface LinkFacts {
  readonly pairs: readonly LinkPair[];
  readonly selfId: PeerId;
  readonly nameOf: (peerId: PeerId) => string;
  /** The name, or "You" for the person. */
  readonly called: (peerId: PeerId) => string;
  readonly isAway: (peerId: PeerId) => boolean;
}

/** All remarks, worst first. */
export function linkRemarks(facts: LinkFacts, words: Words): LinkRemark[] {
  const { pairs } = facts;
  const troubled = pairs.filter((pair) => isBroken(pair) || pair.state === "connecting");
  return [
    ...culpritRemark(facts, words),
    ...troubled.map((pair) => pairRemark(pair, { facts, words })),
    ...relayedRemarks(facts, words),
    ...restRemark(facts, words),
  ];
}

function culpritRemark({ pairs, selfId, nameOf }: LinkFacts, { links }: Words): LinkRemark[] {
  const culprit = culpritOf(pairs);
  if (culprit === undefined) return [];
  const own = culprit === selfId;
  const name = nameOf(culprit);
  return [{
    key: "culprit",
    tone: "failed",
    title: fill(own ? links.itIsYou : links.itIs, { name }),
    line: fill(own ? links.itIsYouLine : links.itIsLine, { name }),
  }];
}

function pairRemark(
  pair: LinkPair,
  { facts: { selfId, nameOf, isAway }, words: { links, common } }: {
    facts: LinkFacts;
    words: Words;
  },
): LinkRemark {
  const [one, other] = pair.ends;
  const own = one === selfId;
  const who = own ? "you" : "they";
  const both = { name: nameOf(other), names: listed([nameOf(one), nameOf(other)], common.locale) };
  const key = `${one} ${other}`;
  if (pair.state !== "failed") {
    const doing = pair.state === "connecting" ? "Connect" : "Reconnect";
    const title = fill(links[`${who}${doing}`], both);
    return { key, tone: "waiting", title, line: links.nothingToDo };
  }
  const away = [other, one].find((end) => end !== selfId && isAway(end));
  const line = away === undefined
    ? causeWords(pair, { selfId, nameOf, links })
    : fill(links.offline, { name: nameOf(away) });
  const title = fill(links[`${who}Failed`], both);
  return { key, tone: "failed", title, line, ...own && { retry: other } };
}

function causeWords(
  { cause, causeAt, ends }: LinkPair,
  { selfId, nameOf, links }: {
    selfId: PeerId;
    nameOf: (peerId: PeerId) => string;
    links: Words["links"];
  },
): string {
  if (cause === "relay-unreachable" && causeAt === selfId) return links.relayUnreachableHere;
  // The end that waits for an answer names the other one.
  const named = cause === "no-answer" ? ends.find((end) => end !== causeAt) : causeAt;
  return fill(links.causes[cause ?? "broken"], { name: nameOf(named ?? "") });
}

function relayedRemarks(
  { pairs, selfId, nameOf }: LinkFacts,
  { links, common }: Words,
): LinkRemark[] {
  return relayedOf(pairs).map(({ peerId, to, rung }) => {
    const names = listed(
      to.map((each) => each === selfId ? links.toYou : nameOf(each)),
      common.locale,
    );
    return {
      key: `${rung} ${peerId}`,
      tone: "relayed",
      title: fill(peerId === selfId ? links.youRelayed : links.theyRelayed, {
        name: nameOf(peerId),
        names,
      }),
      line: fill(links.relayedLine, { rung: links.state[rung] }),
    };
  });
}

function restRemark(facts: LinkFacts, { links, common: { locale } }: Words): LinkRemark[] {
  const { pairs } = facts;
  const direct = pairs.filter(({ state, path }) => state === "connected" && path !== "relayed");
  const unknown = pairs.filter(({ state }) => state === "unknown");
  const rest: LinkRemark[] = [];
  if (direct.length > 0) {
    const words = direct.length === pairs.length ? links.allDirect : links.othersDirect;
    rest.push({
      key: "direct",
      tone: "direct",
      title: counted(words, { count: direct.length, locale }),
      line: extremes(direct, { facts, links }),
    });
  }
  if (unknown.length > 0) {
    rest.push({
      key: "unknown",
      tone: "relayed",
      title: counted(links.notTold, { count: unknown.length, locale }),
      line: links.notToldLine,
    });
  }
  return rest;
}

/** "Fastest Kenji and Lin, 9 ms. Slowest …", if there are several pairs. */
function extremes(
  direct: readonly LinkPair[],
  { facts: { called }, links }: { facts: LinkFacts; links: Words["links"] },
): string {
  const timed = direct.filter(({ rtt }) => rtt !== null)
    .toSorted((a, b) => (a.rtt ?? 0) - (b.rtt ?? 0));
  const said = ({ ends: [one, other], rtt }: LinkPair) =>
    fill(links.timed, { one: called(one), other: called(other), ms: rtt ?? 0 });
  const [first, last] = [timed[0], timed.at(-1)];
  if (first === undefined || last === undefined) return "";
  return timed.length === 1
    ? said(first)
    : fill(links.extremes, { fastest: said(first), slowest: said(last) });
}
