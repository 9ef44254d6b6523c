/** The place of the people who knock; its code is loaded for owners only. */
import type { JSX } from "preact";
import type { KnocksProps } from "./Knocks.tsx";
import { useOwnerViews } from "./lazy.ts";

/** As `Knocks`, once a person is an owner. */
export function LateKnocks(props: KnocksProps): JSX.Element | null {
  const views = useOwnerViews(props.call.owners.owns);
  return views === undefined ? null : <views.Knocks {...props} />;
}
