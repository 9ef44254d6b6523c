/**
 * Brings what peers send about shared files to the store of files. It is a feature of its own
 * because a call knows its files, and this knows the call.
 */
import { effect } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import { type Extra, rememberExtra } from "../extras/views.ts";

/** Opens the shared files of a call. */
export function open(call: Call): Extra {
  const ready = call.files.ready();
  let stop = () => {};
  void ready.then((store) => {
    stop = effect(() => {
      // The next page must know that there is something to go on with.
      if (store.keeps.value !== undefined) rememberExtra("files", store.keeps.value);
    });
  });
  return {
    handle: (event) => void ready.then((store) => store.receiveShared(event)),
    close: () => stop(),
  };
}
