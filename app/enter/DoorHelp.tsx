import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { type Brought, LinkKeys } from "./LinkKeys.tsx";
import { Patience } from "./Stuck.tsx";

/** `brought`: what the last link has brought that was opened in this page, or with it. */
export interface DoorHelpProps {
  readonly call: Call;
  readonly room: string;
  readonly brought: Brought | undefined;
}

/** What most people on their way in never need: why it takes so long, and what became of a link's keys. */
export function DoorHelp({ brought, ...at }: DoorHelpProps): JSX.Element {
  return (
    <>
      <Patience {...at} />
      {brought && <LinkKeys {...at} brought={brought} />}
    </>
  );
}
