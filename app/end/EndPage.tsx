import type { ComponentChildren, JSX } from "preact";
import type { Ending } from "../call/mod.ts";
import type { LeftReason } from "../../mesh/mod.ts";
import { linkTroubleOf, type LinkTroubleWords } from "../ui/words/late/link_trouble.ts";
import type { Words } from "../ui/words/mod.ts";
import { useBase } from "../ui/base.ts";
import { Icon } from "../ui/Icon.tsx";
import type { IconName } from "../ui/IconShapes.tsx";
import { Notice } from "../ui/Notice.tsx";
import { counted, fill, listed } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** Why the visit ended, and what can be done. */
export interface EndPageProps {
  readonly reason: LeftReason;
  readonly ending: Ending;
  /** The line, or what is known instead; absent: the line. */
  readonly said?: (line: string) => ComponentChildren;
  readonly onRejoin: () => void;
  readonly onReload: () => void;
}

type EndWords = Words["end"] & LinkTroubleWords;
type Phrase = {
  [Key in keyof EndWords]: EndWords[Key] extends string ? Key : never;
}[keyof EndWords];

/** Icon, heading, line, button, and the button's target. */
type End = readonly [
  icon: IconName,
  title: Phrase,
  line: Phrase,
  action: Phrase,
  way: "rejoin" | "reload" | "start",
];

const confused: End = ["alert", "confused", "confusedLead", "reload", "reload"];
const lost: End = ["alert", "lost", "lostLead", "reload", "reload"];
const ends: Readonly<Record<LeftReason, End>> = {
  "left": ["left", "leftSoon", "nobodyThere", "rejoin", "rejoin"],
  "full": ["people", "full", "fullLead", "again", "rejoin"],
  "locked": ["lock", "locked", "lockedLead", "again", "rejoin"],
  "password": ["lock", "password", "passwordLead", "again", "rejoin"],
  "replaced": ["app-window", "replaced", "replacedLead", "useThisTab", "rejoin"],
  "kicked": ["lock", "kicked", "kickedLead", "toStart", "start"],
  "closed": ["left", "closed", "closedLead", "toStart", "start"],
  "off": ["alert", "off", "offLead", "again", "rejoin"],
  "refused": ["lock", "turnedAway", "turnedAwayLead", "toStart", "start"],
  "guesses": ["lock", "guesses", "guessesLead", "again", "rejoin"],
  "banned": ["lock", "banned", "bannedLead", "toStart", "start"],
  "sealed": ["link", "sealed", "sealedLead", "toStart", "start"],
  "unsealed": ["lock", "unsealed", "unsealedLead", "newRoom", "start"],
  "link-changed": ["link", "linkChanged", "linkChangedLead", "toStart", "start"],
  "version": ["alert", "version", "versionLead", "reload", "reload"],
  "framing": confused,
  "binary": confused,
  "utf8": confused,
  "flood": confused,
  "too-big": confused,
  "bad-messages": confused,
  "going-away": lost,
  "internal": lost,
  "restart": lost,
  "overload": lost,
  "join-late": lost,
  "slow": lost,
  "rate": lost,
  "state-gap": lost,
};

/** One sentence, one button: never a dead end. */
export function EndPage(
  { reason, ending, said = (line) => line, onRejoin, onReload }: EndPageProps,
): JSX.Element {
  const words = useWords();
  const [icon, title, line, action, way] = ends[reason];
  const end: EndWords = { ...words.end, ...linkTroubleOf(words) };
  const start = `${useBase()}/`;
  return (
    <Notice
      icon={<Icon name={icon} size={28} />}
      title={reason === "left" ? lengthOf(ending, words) : end[title]}
      line={reason === "left" ? companyOf(ending, words) : said(end[line])}
      action={end[action]}
      href={way === "start" ? start : undefined}
      onAction={way === "reload" ? onReload : onRejoin}
      also={way !== "start" && <a class="quiet to-start" href={start}>{end.toStart}</a>}
    />
  );
}

function lengthOf({ ms }: Ending, { end, common: { locale } }: Words): string {
  const count = Math.round(ms / 60_000);
  return count < 1 ? end.leftSoon : counted(end.left, { count, locale });
}

function companyOf({ names }: Ending, { end, common: { locale } }: Words): string {
  if (names.length === 0) return end.nobodyThere;
  const forms = counted(end.stillThere, { count: names.length, locale });
  return fill(forms, { names: listed(names, locale) });
}
