/**
 * Who said yes to a recording, kept in the recorder's folder, so that a later page knows it. The
 * file is replaced at each change; what cannot be written is only forgotten by the next page.
 */
import type { PeerId } from "../../protocol/mod.ts";
import { checked } from "../../protocol/parse.ts";
import * as is from "../../protocol/schema.ts";
import type { RecordingFolder } from "./recording_disk.ts";
import type { Standing } from "./recording_message.ts";

/** The name of the file. */
export const peopleFile = "people.json";

/** `owner`: names the tracks; `secret`: proves to this person that the recorder is the same. */
export interface KnownYes {
  readonly peerId: PeerId;
  readonly name: string;
  readonly owner: string;
  readonly standing: GivingStanding;
  readonly secret?: string;
}

/** Tracks of such a person come in the end. */
export type GivingStanding = Extract<Standing, "yes" | "disk-full" | "cannot-write">;

const hex = is.matching(/^[\da-f]{32}$/, "32 hexadecimal digits");
const short = is.text({ most: 256 });
const peopleCheck: is.Check<KnownYes[]> = is.list(
  is.object({
    peerId: short,
    name: short,
    owner: hex,
    standing: is.oneOf("yes", "disk-full", "cannot-write"),
  }, { secret: hex }),
  1_000,
);

/** Whether tracks of a person come in the end. */
export function isGiving(standing: Standing): standing is GivingStanding {
  return standing === "yes" || standing === "disk-full" || standing === "cannot-write";
}

/** The people of one folder. */
export class KnownPeople {
  readonly #folder: Pick<RecordingFolder, "read" | "write">;
  #written = "";
  #writes: Promise<void> = Promise.resolve();

  constructor(folder: Pick<RecordingFolder, "read" | "write">) {
    this.#folder = folder;
  }

  /** What a former page has kept; empty if it cannot be read. */
  async read(): Promise<KnownYes[]> {
    try {
      const file = await this.#folder.read(peopleFile);
      const read = checked(peopleCheck, JSON.parse(await file.text()));
      return read.ok ? read.message : [];
    } catch {
      // No page has written it.
      return [];
    }
  }

  /** Keeps these people; resolves when the disk has them, or cannot take them. */
  keep(people: readonly KnownYes[]): Promise<void> {
    const json = JSON.stringify(people);
    if (json === this.#written) return this.#writes;
    this.#written = json;
    const write = () => this.#folder.write(peopleFile, new Blob([json]));
    return this.#writes = this.#writes.then(write).catch(() => {});
  }
}
