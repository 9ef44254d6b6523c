/**
 * Messages of the server of types that only late code knows. Invariants:
 * 1 They are emitted in the server's order, but later than messages of other types.
 * 2 None is emitted in another visit than its own.
 */
import { lateImport } from "../late_import.ts";
import type { RoomOwners } from "./room_owners.ts";

/** The late messages of one RoomClient. */
export class LateMessages {
  /** Those that are not parsed yet. The end of a visit empties it. */
  readonly frames: string[] = [];

  /** `owners` emits them. */
  constructor(readonly owners: RoomOwners) {}

  /** A frame that is no message of another type. */
  receive(frame: string): void {
    this.frames.push(frame);
    void lateImport(() => import("./late_reader.ts")).then(({ readFrames }) => readFrames(this));
  }
}
