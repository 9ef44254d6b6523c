import type { JSX } from "preact";
import { useModule } from "../ui/use_module.ts";
import { loadDoorbell, loadSwitch } from "./lazy.ts";

/** The switch of a room's doorbell, once it is loaded. `ownerKey`: the newest one. */
export function LateSwitch(props: {
  room: string;
  ownerKey: () => string | undefined;
}): JSX.Element | null {
  const views = useModule(loadSwitch, true);
  const module = useModule(loadDoorbell, true);
  if (views === undefined || module === undefined) return null;
  return <views.DoorbellSwitch {...props} module={module} />;
}
