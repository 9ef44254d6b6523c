/**
 * Where a page keeps recordings: a folder for each in its private file system. Invariant: a folder
 * is removed by the person, or once its tracks are delivered.
 */
import { attempt } from "../../protocol/attempt.ts";
import * as is from "../../protocol/schema.ts";
import { type DiskFolder, type FolderDisk, folderDisk, hasFolders } from "../disk/folder_disk.ts";
import { type SinkFailure, sinkFailure } from "../files/sink.ts";

/**
 * What a folder is for. `role`: whether this person records, or is recorded by `recorder`, a peer
 * with the name `by`; `owner` names the own tracks; `self`: the own peer id; `since`: ms since the
 * epoch.
 */
export interface RecordingAbout {
  readonly id: string;
  readonly role: "recorder" | "guest";
  readonly owner: string;
  readonly room: string;
  readonly recorder: string;
  readonly by: string;
  readonly self: string;
  readonly since: number;
  readonly ended: boolean;
}

/** One recording on the disk. */
export type RecordingFolder = DiskFolder<RecordingAbout>;
/** The recordings of this browser. */
export type RecordingDisk = Omit<FolderDisk<RecordingAbout>, "isUsable">;

const id = is.matching(/^[\da-f]{32}$/, "32 hexadecimal digits");
const short = is.text({ most: 256 });
const aboutCheck: is.Check<RecordingAbout> = is.object({
  id,
  role: is.oneOf("recorder", "guest"),
  owner: id,
  room: short,
  recorder: short,
  by: short,
  self: short,
  since: is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER }),
  ended: is.boolean,
});

/** Whether this browser can record its own tracks and keep them. */
export function canRecord(): boolean {
  return hasFolders() && attempt(() => typeof MediaRecorder === "function") === true;
}

/** Why writing failed. */
export function diskFailure(error: unknown): Extract<SinkFailure, "disk-full" | "cannot-write"> {
  return sinkFailure(error) === "disk-full" ? "disk-full" : "cannot-write";
}

/** The browser's private file system. */
export const browserDisk: RecordingDisk = folderDisk({
  parent: "parley-recordings",
  check: aboutCheck,
  nameOf: ({ id, owner }) => `${id}.${owner}`,
  isUsable: canRecord,
});
