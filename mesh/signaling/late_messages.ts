/**
 * Messages of the server of types that only late code knows. Invariants:
 * 1 They are emitted in the server's order, but later than messages of other types.
 * 2 Those before the first listener are kept for it; see `heldMost`.
 * 3 None is emitted in another visit than its own.
 */
import type { LateMessage } from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import { lateImport } from "../late_import.ts";
import type { RoomOwners } from "./room_owners.ts";

/** The late messages of one RoomClient. */
export class LateMessages extends Emitter<LateMessage> {
  /** Those not parsed yet. The next visit empties it: the last one may say why one ended. */
  readonly frames: string[] = [];
  /** Whether there was a listener. */
  isHeard = false;

  /** `owners` emits those of its family, whether or not there is a listener here. */
  constructor(readonly owners: RoomOwners) {
    super();
  }

  override subscribe(listener: (message: LateMessage) => void): () => void {
    this.isHeard = true;
    this.receive();
    return super.subscribe(listener);
  }

  /** Frames that are no messages of other types. */
  receive(...frames: string[]): void {
    this.frames.push(...frames);
    void lateImport(() => import("./late_reader.ts")).then(({ readFrames }) => readFrames(this));
  }
}
