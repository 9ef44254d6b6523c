/** Reads what the folder of a recording holds: tracks, the chat, and files made of both. */
import * as is from "../../protocol/schema.ts";
import { checked } from "../../protocol/parse.ts";
import { peopleFile } from "./known_people.ts";
import type { RecordingFolder } from "./recording_disk.ts";
import { readTrackFile, type TrackName } from "./track_names.ts";
import type { TrackDescription } from "./track_recorder.ts";

/** A track as a media file. `at`: when it began, ms since the epoch, by the recorder's clock. */
export interface RecordedTrack extends Pick<TrackName, "owner" | "slot"> {
  /** Of the person. */
  readonly name: string;
  readonly at: number;
  /** See TrackDescription. */
  readonly lasted: number;
  /** Its bytes stay on the disk until they are read. */
  readonly content: Blob;
}

/** No recording is longer, so no description of a peer makes a film of years. ms. */
const longestMs = 86_400_000;

const description: is.Check<TrackDescription> = is.object({
  name: is.text({ most: 256 }),
  type: is.text({ most: 128 }),
  offset: (value, path) =>
    typeof value === "number" && Number.isFinite(value) ? value : is.fail(path, "a number"),
  lasted: is.integer({ least: 0, most: longestMs }),
});

/**
 * All tracks of a folder, the oldest first; none that has no description, or that would lie a day
 * from the start of the recording.
 */
export async function readTracks(
  folder: Pick<RecordingFolder, "names" | "read" | "about">,
): Promise<RecordedTrack[]> {
  const groups = new Map<string, { track: TrackName; about?: string; pieces: string[] }>();
  for (const name of (await folder.names()).toSorted()) {
    const file = readTrackFile(name);
    if (file === undefined) continue;
    const key = `${file.owner} ${file.slot} ${file.from}`;
    const group = groups.get(key) ?? { track: file, pieces: [] };
    groups.set(key, group);
    if (file.index === undefined) group.about = name;
    else group.pieces.push(name);
  }
  const tracks = await Promise.all([...groups.values()].map(async ({ track, about, pieces }) => {
    const described = about && await readDescription(await folder.read(about));
    if (!described || pieces.length === 0) return [];
    const content = new Blob(await Promise.all(pieces.map((piece) => folder.read(piece))), {
      type: described.type,
    });
    const { owner, slot, from } = track;
    const { name, offset, lasted } = described;
    const at = from + offset;
    if (Math.abs(at - folder.about.since) > longestMs) return [];
    return [{ owner, slot, name, at, lasted, content }];
  }));
  return tracks.flat().toSorted((one, other) => one.at - other.at);
}

async function readDescription(file: Blob): Promise<TrackDescription | undefined> {
  try {
    const read = checked(description, JSON.parse(await file.text()));
    return read.ok ? read.message : undefined;
  } catch {
    // The page ended before it was written.
    return undefined;
  }
}

const chatPrefix = "chat-";

/** The name of a file with the chat that one page has seen, `id`; it is beside the tracks. */
export function chatFile(id: string): string {
  return `${chatPrefix}${id}.json`;
}

/** The files with the chat of a recording. */
export function chatFiles(names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith(chatPrefix));
}

/** Removes files that were made of the tracks, and what a crash left of such files. */
export async function dropMadeFiles(
  folder: Pick<RecordingFolder, "names" | "drop">,
): Promise<void> {
  const names = await folder.names();
  const kept = new Set([...chatFiles(names), peopleFile]);
  const made = names.filter((name) => readTrackFile(name) === undefined && !kept.has(name));
  for (const name of made) await folder.drop(name);
}
