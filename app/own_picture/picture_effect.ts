/** What the person wants done to the own picture, per camera where cameras differ. Pure. */
import { checked } from "../../protocol/parse.ts";
import * as is from "../../protocol/schema.ts";
import type { Blur, Treatment, Turn } from "../../mesh/mod.ts";

/** As stored in the preferences. */
export interface PictureEffect {
  readonly blur: Blur;
  /** Of the cameras whose pictures are turned, the latest last. */
  readonly turns: readonly { readonly deviceId: string; readonly turn: Turn }[];
}

/** How many turned cameras are remembered. */
const mostTurns = 20;
const plain: PictureEffect = { blur: "off", turns: [] };

const effectCheck = is.object({
  blur: is.oneOf("off", "light", "strong"),
  turns: is.list(
    is.object({ deviceId: is.text({ most: 256 }), turn: quarter }),
    mostTurns,
  ),
});

function quarter(value: unknown, path: string): Turn {
  return value === 90 || value === 180 || value === 270 ? value : is.fail(path, "90, 180 or 270");
}

/** Nothing is done if `stored` is anything else. */
export function readEffect(stored: unknown): PictureEffect {
  const read = checked(effectCheck, stored);
  return read.ok ? read.message : plain;
}

/** Undefined if nothing is done to any picture. */
export function storedEffect(effect: PictureEffect): PictureEffect | undefined {
  return effect.blur === "off" && effect.turns.length === 0 ? undefined : effect;
}

/** What is done to the pictures of that camera. */
export function treatmentOf({ blur, turns }: PictureEffect, deviceId: string): Treatment {
  return { blur, turn: turns.find((one) => one.deviceId === deviceId)?.turn ?? 0 };
}

/** With the pictures of that camera turned by another quarter, clockwise. */
export function withTurn(effect: PictureEffect, deviceId: string): PictureEffect {
  const turn = nextTurn[treatmentOf(effect, deviceId).turn];
  const others = effect.turns.filter((one) => one.deviceId !== deviceId);
  const turns = turn === 0 ? others : [...others, { deviceId, turn }].slice(-mostTurns);
  return { ...effect, turns };
}

const nextTurn: Readonly<Record<Turn, Turn>> = { 0: 90, 90: 180, 180: 270, 270: 0 };
