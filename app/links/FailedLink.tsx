import type { JSX } from "preact";
import type { LinkCause } from "../../protocol/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { LinkPair } from "./link_pairs.ts";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** A tile whose connection failed. What both ends report has more detail than `reason`. */
export interface FailedLinkProps {
  readonly peerId: string;
  readonly name: string;
  readonly reason: LinkCause;
  readonly pair: LinkPair;
  readonly onRetry: () => void;
  readonly onWhy: () => void;
}

/** The pair, the likely cause, and the remedy. */
export function FailedLink(props: FailedLinkProps): JSX.Element {
  const words = useWords();
  const { peerId, name } = props;
  return (
    <div class="overlay overlay-failed">
      <Avatar peerId={peerId} name={name} />
      <strong>{fill(words.link.failed, { name })}</strong>
      <p>{causeOf(props, words)}</p>
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

function causeOf({ peerId, name, reason, pair }: FailedLinkProps, { link }: Words): string {
  const cause = pair.cause ?? reason;
  if (cause === "relay-unreachable" && pair.causeAt !== peerId) return link.relayUnreachableHere;
  return fill(link.causes[cause], { name });
}
