import type { JSX } from "preact";
import type { LinkCause, LinkReport } from "../../protocol/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** A tile whose connection failed. The report, which has more detail than `reason`, comes later. */
export interface FailedLinkProps {
  readonly peerId: string;
  readonly name: string;
  readonly reason: LinkCause;
  readonly report: LinkReport | undefined;
  readonly onRetry: () => void;
  readonly onWhy: () => void;
}

/** The pair, the likely cause, and the remedy. */
export function FailedLink(props: FailedLinkProps): JSX.Element {
  const words = useWords();
  const { peerId, name, reason, report } = props;
  return (
    <div class="overlay overlay-failed">
      <Avatar peerId={peerId} name={name} />
      <strong>{fill(words.link.failed, { name })}</strong>
      <p>{causeOf(report?.cause ?? reason, words)}</p>
      <div class="overlay-keys">
        <button type="button" class="stage-button" onClick={props.onRetry}>
          <Icon name="refresh" size={16} />
          {words.common.tryAgain}
        </button>
        <button type="button" class="stage-button" onClick={props.onWhy}>{words.links.why}</button>
      </div>
    </div>
  );
}

function causeOf(reason: LinkCause, { link }: Words): string {
  switch (reason) {
    case "no-answer":
      return link.noAnswer;
    case "no-relay":
      return link.noRelay;
    case "relay-unreachable":
      return link.relayUnreachable;
    case "no-path":
      return link.noPath;
    case "broken":
      return link.broken;
    default:
      return reason satisfies never;
  }
}
