import type { JSX } from "preact";
import type { LeftReason } from "../../mesh/mod.ts";
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

/** What an open extra knows about the end of the visit, else `otherwise`. */
export function LastLines(
  { call, loaders, reason, otherwise }: ExtraPillsProps & {
    reason: LeftReason;
    otherwise: string;
  },
): JSX.Element {
  const extras = Object.values(openExtras(call, loaders).open.value);
  const knowing = extras.find(({ LastLine }) => LastLine);
  return knowing?.LastLine
    ? <knowing.LastLine reason={reason} otherwise={otherwise} />
    : <>{otherwise}</>;
}
