import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { ExtraLoaders } from "./extra.ts";
import { openExtras } from "./extras.ts";

interface ExtraPillsProps {
  readonly call: Call;
  readonly loaders: ExtraLoaders;
}

/** What the open extras draw among the pills of the room. */
export function ExtraPills({ call, loaders }: ExtraPillsProps): JSX.Element {
  const extras = Object.entries(openExtras(call, loaders).open.value);
  return <>{extras.map(([name, { View }]) => View && <View key={name} />)}</>;
}

/** What they draw over the tile of a person. */
export function ExtraTiles(
  { call, loaders, peerId }: ExtraPillsProps & { peerId: string },
): JSX.Element {
  const extras = Object.entries(openExtras(call, loaders).open.value);
  return <>{extras.map(([name, { Tile }]) => Tile && <Tile key={name} peerId={peerId} />)}</>;
}
