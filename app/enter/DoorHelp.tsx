import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { type Brought, LinkKeys } from "./LinkKeys.tsx";
import { Patience } from "./Stuck.tsx";

/** `brought`: the keys of the last link opened in or with this page. */
export interface DoorHelpProps {
  readonly call: Call;
  readonly room: string;
  readonly brought: Brought | undefined;
}

/**
 * What most people never need while joining: why it takes long, and the outcome of a link's keys.
 */
export function DoorHelp({ brought, ...at }: DoorHelpProps): JSX.Element {
  return (
    <>
      <Patience {...at} />
      {brought && <LinkKeys {...at} brought={brought} />}
    </>
  );
}
