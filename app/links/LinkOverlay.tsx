import type { JSX } from "preact";
import type { LinkState } from "../../mesh/mod.ts";
import { FailedLink } from "./FailedLink.tsx";
import type { LinkPair } from "./link_pairs.ts";
import { ReconnectingLink } from "./ReconnectingLink.tsx";

/** The state of the connection to one peer. */
export interface LinkOverlayProps {
  readonly peerId: string;
  readonly name: string;
  readonly link: LinkState;
  readonly pair: LinkPair;
  readonly onRetry: () => void;
  readonly onWhy: () => void;
}

/** The overlay of a tile whose connection broke or failed. The tile itself shows connecting. */
export function LinkOverlay({ link, ...rest }: LinkOverlayProps): JSX.Element | null {
  switch (link.kind) {
    case "connecting":
    case "connected":
      return null;
    case "reconnecting":
      return <ReconnectingLink name={rest.name} since={link.since} />;
    case "failed":
      return <FailedLink {...rest} reason={link.reason} />;
    default:
      return link satisfies never;
  }
}
