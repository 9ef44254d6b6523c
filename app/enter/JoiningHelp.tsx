import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { LinkKeys, type OpenedLink } from "./LinkKeys.tsx";
import { Patience } from "./JoinTrouble.tsx";

/** `openedLink`: the keys of the last link opened in or with this page. */
export interface DoorHelpProps {
  readonly call: Call;
  readonly room: string;
  readonly openedLink: OpenedLink | undefined;
}

/**
 * What most people never need while joining: why it takes long, and the outcome of a link's keys.
 */
export function DoorHelp({ openedLink, ...at }: DoorHelpProps): JSX.Element {
  return (
    <>
      <Patience {...at} />
      {openedLink && <LinkKeys {...at} openedLink={openedLink} />}
    </>
  );
}
