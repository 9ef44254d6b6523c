import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { LinkKeys, type OpenedLink } from "./LinkKeys.tsx";
import { JoinTrouble } from "./JoinTrouble.tsx";

/** `openedLink`: the keys of the last link opened in or with this page. */
export interface JoiningHelpProps {
  readonly call: Call;
  readonly room: string;
  readonly openedLink: OpenedLink | undefined;
}

/**
 * What most people never need while joining: why it takes long, and the outcome of a link's keys.
 */
export function JoiningHelp({ openedLink, ...at }: JoiningHelpProps): JSX.Element {
  return (
    <>
      <JoinTrouble {...at} />
      {openedLink && <LinkKeys {...at} openedLink={openedLink} />}
    </>
  );
}
