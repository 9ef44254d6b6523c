import type { JSX } from "preact";
import type { LinkReport } from "../../protocol/mod.ts";
import type { LinkState } from "../mod.ts";
import { Icon } from "../ui/Icon.tsx";
import type { LaterParts } from "../ui/later.ts";
import { useWords } from "../ui/words.ts";

/** The state of one's link to one peer. */
export interface LinkOverlayProps {
  readonly peerId: string;
  readonly name: string;
  readonly link: LinkState;
  readonly report: LinkReport | undefined;
  readonly parts: LaterParts | undefined;
  readonly onRetry: () => void;
  readonly onWhy: () => void;
}

/** What lies over a tile while its link is not simply there. */
export function LinkOverlay({ parts, link, ...rest }: LinkOverlayProps): JSX.Element | null {
  const words = useWords();
  switch (link.kind) {
    case "connected":
      return null;
    case "connecting":
      return (
        <div class="overlay overlay-connecting" role="status">
          <Icon name="spinner" size={16} class="spin" />
          <span>{words.link.connecting}</span>
        </div>
      );
    case "reconnecting":
      return parts ? <parts.ReconnectingLink name={rest.name} since={link.since} /> : null;
    case "failed":
      return parts ? <parts.FailedLink {...rest} reason={link.reason} /> : null;
    default:
      return link satisfies never;
  }
}
