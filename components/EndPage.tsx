import type { JSX } from "preact";
import type { Ending, LeftReason, Words } from "../state/mod.ts";
import { Icon } from "./Icon.tsx";
import { Notice } from "./Notice.tsx";
import { counted, fill, listed } from "./phrases.ts";
import { useWords } from "./words.ts";

/** Why the visit ended, and what can be done. */
export interface EndPageProps {
  readonly reason: LeftReason;
  readonly ending: Ending;
  readonly onRejoin: () => void;
  readonly onReload: () => void;
}

type WayOn = "rejoin" | "reload" | "start";

interface End {
  readonly icon: JSX.Element;
  readonly title: string;
  readonly line: string;
  readonly action: string;
  readonly way: WayOn;
}

/** One sentence, one button: never a dead end. */
export function EndPage({ reason, ending, onRejoin, onReload }: EndPageProps): JSX.Element {
  const words = useWords();
  const { icon, title, line, action, way } = endOf(reason, { ending, words });
  return (
    <Notice
      icon={icon}
      title={title}
      line={line}
      action={action}
      href={way === "start" ? "/" : undefined}
      onAction={way === "reload" ? onReload : onRejoin}
    />
  );
}

function endOf(
  reason: LeftReason,
  { ending, words: { end, common } }: { ending: Ending; words: Words },
): End {
  const rejoin = { action: common.tryAgain, way: "rejoin" } as const;
  const reload = { action: end.reload, way: "reload" } as const;
  const start = { action: end.toStart, way: "start" } as const;
  const lock = <Icon name="lock" size={28} />;
  switch (reason) {
    case "left": {
      const { locale } = common;
      const minutes = Math.round(ending.ms / 60_000);
      const title = minutes < 1 ? end.leftSoon : counted(end.left, { count: minutes, locale });
      const count = ending.names.length;
      const names = listed(ending.names, locale);
      const line = count === 0
        ? end.nobodyThere
        : fill(counted(end.stillThere, { count, locale }), { names });
      return { icon: <Icon name="left" size={28} />, title, line, ...rejoin, action: end.rejoin };
    }
    case "full":
      return {
        icon: <Icon name="people" size={28} />,
        title: end.full,
        line: end.fullLead,
        ...rejoin,
      };
    case "locked":
      return { icon: lock, title: end.locked, line: end.lockedLead, ...rejoin };
    case "password":
      return { icon: lock, title: end.password, line: end.passwordLead, ...rejoin };
    case "replaced": {
      const said = { title: end.replaced, line: end.replacedLead };
      return {
        icon: <Icon name="app-window" size={28} />,
        ...said,
        ...rejoin,
        action: end.useThisTab,
      };
    }
    case "kicked":
      return { icon: lock, title: end.kicked, line: end.kickedLead, ...start };
    case "banned":
      return { icon: lock, title: end.banned, line: end.bannedLead, ...start };
    case "version":
      return {
        icon: <Icon name="alert" size={28} />,
        title: end.version,
        line: end.versionLead,
        ...reload,
      };
    case "framing":
    case "binary":
    case "utf8":
    case "flood":
    case "too-big":
    case "bad-messages":
      return {
        icon: <Icon name="alert" size={28} />,
        title: end.confused,
        line: end.confusedLead,
        ...reload,
      };
    default:
      return {
        icon: <Icon name="alert" size={28} />,
        title: end.lost,
        line: end.lostLead,
        ...reload,
      };
  }
}
