/** Recordings as a part of the call that is loaded with the first one; see app/extras/. */
import { signal } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import { type Extra, rememberExtra } from "../extras/views.ts";
import type { OpenRecordings } from "./mod.ts";
import { RecordingView } from "./RecordingView.tsx";

/** Opens the recordings of a call. */
export function makeExtra(call: Call, openRecordings: OpenRecordings): Extra {
  const store = openRecordings({
    session: call.session,
    signal,
    lines: () => call.chat.store.peek()?.whole.entries ?? [],
    keeps: (any) => rememberExtra("recording", any),
  });
  return {
    View: () => <RecordingView store={store} />,
    press: () => store.isOpen.value = true,
    handle: (event) => store.receive(event),
    close: () => store.close(),
  };
}
