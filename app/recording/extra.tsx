/** Recordings as a part of the call that is loaded with the first one; see app/extras/. */
import { signal } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import type { Extra } from "../extras/mod.ts";
import { extrasOf } from "../extras/views.ts";
import { RecordingView } from "./RecordingView.tsx";
import { openRecordings } from "./recording_store.ts";

/** Opens the recordings of a call. */
export function open(call: Call): Extra {
  const store = openRecordings({
    session: call.session,
    signal,
    lines: () => call.chat.store.peek()?.whole.entries ?? [],
    keeps: (any) => extrasOf(call).remember("recording", any),
  });
  return {
    View: () => <RecordingView store={store} />,
    press: () => store.isOpen.value = true,
    handle: (event) => store.receive(event),
    close: () => store.close(),
  };
}
