/**
 * How recorded tracks are named on the disk and on their way. A track is one run of one recorder:
 * a description, and pieces that are one file when they are joined. Pieces and parts of several
 * pieces have the same kind of name, so a track is read the same way at both ends.
 */
import { type Slot, slots } from "../events.ts";

/** Whose track it is and which one; `from`: when it began, ms since the epoch, own clock. */
export interface TrackName {
  /** 32 hexadecimal digits. */
  readonly owner: string;
  readonly slot: Slot;
  readonly from: number;
}

/** `index`: the piece; undefined: the description. */
export interface TrackFile extends TrackName {
  readonly index: number | undefined;
}

/** Pieces that go to the recorder in one transfer; after a reload at most one part goes again. */
const partPieces = 16;

const pattern = new RegExp(
  `^([\\da-f]{32})\\.(${slots.join("|")})\\.(\\d{1,15})\\.(?:(\\d{6})|json)$`,
);

/** The name of a file of a track. */
export function trackFileName({ owner, slot, from, index }: TrackFile): string {
  const end = index === undefined ? "json" : `${index}`.padStart(6, "0");
  return `${owner}.${slot}.${from}.${end}`;
}

/** Reads such a name; undefined: it is none. */
export function readTrackFile(name: string): TrackFile | undefined {
  const [, owner, slot, from, index] = pattern.exec(name) ?? [];
  const known = slots.find((each) => each === slot);
  if (owner === undefined || known === undefined) return undefined;
  return { owner, slot: known, from: Number(from), index: index ? Number(index) : undefined };
}

/** What goes in one transfer, and the names of the files that it is made of. */
export interface TrackPart {
  readonly name: string;
  readonly files: readonly string[];
}

/** The parts in which the tracks of `owner` go to the recorder, each description first. */
export function partsOf(names: readonly string[], owner: string): TrackPart[] {
  const parts = new Map<string, string[]>();
  // A description sorts after its pieces by name, and must come before them.
  const own = names.filter((name) => readTrackFile(name)?.owner === owner).toSorted();
  const first = own.filter((name) => readTrackFile(name)?.index === undefined);
  for (const name of [...first, ...own]) {
    const file = readTrackFile(name);
    if (file === undefined) continue;
    const { index } = file;
    const part = index === undefined ? undefined : Math.floor(index / partPieces);
    const partName = trackFileName({ ...file, index: part });
    const files = parts.get(partName) ?? [];
    if (!files.includes(name)) files.push(name);
    parts.set(partName, files);
  }
  return [...parts].map(([name, files]) => ({ name, files }));
}
