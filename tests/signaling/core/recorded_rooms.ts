// The records of a world's rooms, as a store would have them after each step.

import { assertEquals } from "../../assert.ts";
import { restoreRoom, RoomRecorder } from "../../../signaling/core/room_record.ts";
import type { Moment } from "../../../signaling/core/core_types.ts";
import { CoreState } from "../../../signaling/core/state.ts";

export class RecordedRooms {
  readonly #rooms: readonly string[];
  readonly #recorders: Map<string, RoomRecorder>;
  /** What was written of each room. */
  readonly #stored: Map<string, Map<string, string>>;

  constructor(rooms: readonly string[]) {
    this.#rooms = rooms;
    this.#recorders = new Map(rooms.map((room) => [room, new RoomRecorder(room)]));
    this.#stored = new Map(rooms.map((room) => [room, new Map()]));
  }

  /** Writes what the last step has changed. */
  write(core: CoreState): void {
    for (const [room, recorder] of this.#recorders) {
      const change = recorder.changes(core);
      for (const field of change?.remove ?? []) this.#stored.get(room)?.delete(field);
      for (const [field, text] of change?.set ?? []) this.#stored.get(room)?.set(field, text);
    }
  }

  /** A core of the same options that continues all rooms. */
  continue(core: CoreState, moment: Moment): CoreState {
    const next = new CoreState(core.options);
    for (const name of this.#rooms) {
      const record = this.#stored.get(name) ?? new Map();
      const whole = new RoomRecorder(name);
      whole.changes(core);
      assertEquals(new Map(record), new Map(whole.whole), "the changes add up to the whole");
      restoreRoom(next, { name, record, revisionJump: 100 }, moment);
      // What is continued has the same record, but for its revision.
      const again = new RoomRecorder(name);
      again.changes(next);
      const fields = new Map(again.whole);
      if (record.has("head")) fields.set("head", record.get("head") ?? "");
      assertEquals(new Map(record), fields, "the record of the continued room");
      this.#recorders.set(name, new RoomRecorder(name, record));
    }
    this.write(next);
    return next;
  }
}
