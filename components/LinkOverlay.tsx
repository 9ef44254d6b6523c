import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LinkCause } from "../protocol/mod.ts";
import type { LinkState } from "../state/mod.ts";
import { Icon } from "./Icon.tsx";
import { useLaterParts } from "./later.ts";
import { fill } from "./phrases.ts";
import { useWords } from "./words.ts";

/** The state of one's link to one peer. */
export interface LinkOverlayProps {
  readonly peerId: string;
  readonly name: string;
  readonly link: LinkState;
  /** Known a moment after a link has failed. */
  readonly cause: LinkCause | null;
  readonly onRetry: () => void;
  readonly onWhy: () => void;
}

/** What lies over a tile while its link is not simply there. */
export function LinkOverlay(props: LinkOverlayProps): JSX.Element | null {
  const { name, link } = props;
  const words = useWords();
  const parts = useLaterParts(link.kind === "failed");
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
      return (
        <div class="overlay overlay-reconnecting">
          <Icon name="spinner" size={28} class="spin" />
          <Seconds since={link.since} />
          <p>{fill(words.link.kept, { name })}</p>
        </div>
      );
    case "failed":
      return parts === undefined ? null : <parts.FailedLink {...props} reason={link.reason} />;
    default:
      return link satisfies never;
  }
}

/** Counted seconds since a moment of performance.now(): something happens, even where nothing moves. */
function Seconds({ since }: { since: number }): JSX.Element {
  const { link } = useWords();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  return <strong>{fill(link.reconnecting, { seconds })}</strong>;
}

/** How the link runs: a detour always shows, the direct way on hover and focus only. */
export function PathChip({ link }: { link: LinkState }): JSX.Element | null {
  const words = useWords();
  if (link.kind !== "connected" || link.path === "unknown") return null;
  const relayed = link.path === "relayed";
  return (
    <span class={relayed ? "chip" : "chip chip-shy"}>
      {relayed ? <Icon name="relayed" size={16} /> : <Icon name="direct" size={16} />}
      <span class="chip-words">{relayed ? words.link.relayed : words.link.direct}</span>
    </span>
  );
}
