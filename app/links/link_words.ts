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
    title: own ? links.itIsYou : fill(links.itIs, { name }),
    line: own ? links.itIsYouLine : fill(links.itIsLine, { name }),
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
  const both: Record<string, string> = own
    ? { name: nameOf(other) }
    : { names: listed([nameOf(one), nameOf(other)], common.locale) };
  const key = `${one} ${other}`;
  if (pair.state !== "failed") {
    const title = pair.state === "connecting"
      ? own ? links.youConnect : links.theyConnect
      : own
      ? links.youReconnect
      : links.theyReconnect;
    return { key, tone: "waiting", title: fill(title, both), line: links.nothingToDo };
  }
  const away = [other, one].find((end) => end !== selfId && isAway(end));
  const line = away === undefined
    ? causeWords(pair, { selfId, nameOf, links })
    : fill(links.offline, { name: nameOf(away) });
  const title = fill(own ? links.youFailed : links.theyFailed, both);
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
  switch (cause) {
    case "no-relay":
      return links.noRelay;
    case "relay-unreachable":
      return causeAt === selfId
        ? links.relayUnreachableHere
        : fill(links.relayUnreachable, { name: nameOf(causeAt ?? "") });
    case "no-path":
      return links.noPath;
    case "no-answer": {
      const silent = ends.find((end) => end !== causeAt) ?? "";
      return fill(links.noAnswer, { name: nameOf(silent) });
    }
    case "broken":
    case null:
      return links.broken;
    default:
      return cause satisfies never;
  }
}

function relayedRemarks(
  { pairs, selfId, nameOf }: LinkFacts,
  { links, common }: Words,
): LinkRemark[] {
  return relayedOf(pairs).map(({ peerId, to }) => {
    const names = listed(
      to.map((each) => each === selfId ? links.toYou : nameOf(each)),
      common.locale,
    );
    return {
      key: `relayed ${peerId}`,
      tone: "relayed",
      title: peerId === selfId
        ? fill(links.youRelayed, { names })
        : fill(links.theyRelayed, { name: nameOf(peerId), names }),
      line: links.relayedLine,
    };
  });
}

function restRemark(facts: LinkFacts, { links, common }: Words): LinkRemark[] {
  const { pairs } = facts;
  const direct = pairs.filter(({ state, path }) => state === "connected" && path !== "relayed");
  const unknown = pairs.filter(({ state }) => state === "unknown");
  const all = direct.length === pairs.length;
  const rest: LinkRemark[] = [];
  if (direct.length > 0) {
    rest.push({
      key: "direct",
      tone: "direct",
      title: counted(all ? links.allDirect : links.othersDirect, {
        count: direct.length,
        locale: common.locale,
      }),
      line: extremes(direct, { facts, links }),
    });
  }
  if (unknown.length > 0) {
    const count = { count: unknown.length, locale: common.locale };
    rest.push({
      key: "unknown",
      tone: "relayed",
      title: counted(links.notTold, count),
      line: links.notToldLine,
    });
  }
  return rest;
}

/** "Fastest Kenji and Lin, 9 ms. Slowest …", if there are several pairs. */
function extremes(
  direct: readonly LinkPair[],
  { facts: { selfId, nameOf }, links }: { facts: LinkFacts; links: Words["links"] },
): string {
  const timed = direct.filter(({ rtt }) => rtt !== null)
    .toSorted((a, b) => (a.rtt ?? 0) - (b.rtt ?? 0));
  const [first, last] = [timed[0], timed.at(-1)];
  if (first === undefined || last === undefined) return "";
  const described = ({ ends, rtt }: LinkPair) => {
    const [one, other] = ends.map((end) => end === selfId ? links.you : nameOf(end));
    return { one: one ?? "", other: other ?? "", ms: rtt ?? 0 };
  };
  if (timed.length === 1) return fill(links.onlyTime, described(first));
  const [fastest, slowest] = [
    fill(links.fastest, described(first)),
    fill(links.slowest, described(last)),
  ];
  return fill(links.fastestAndSlowest, { fastest, slowest });
}
