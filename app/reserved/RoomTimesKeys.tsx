import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { powerWordsOf } from "../ui/words/late/powers.ts";
import { useWords } from "../ui/words.ts";
import { usePowers } from "./stores.ts";

/** The keys of an owner for the times of the room, and for who was here. */
export function RoomTimesKeys({ call }: { call: Call }): JSX.Element | null {
  const words = powerWordsOf(useWords());
  const store = usePowers(call);
  if (store === undefined) return null;
  return (
    <>
      <button
        type="button"
        class="secondary"
        onClick={() => store.dialog.value = { kind: "times" }}
      >
        {words.times}
      </button>
      <button
        type="button"
        class="secondary"
        onClick={() => store.dialog.value = { kind: "attendance" }}
      >
        {words.attendance}
      </button>
    </>
  );
}
