/** What a call shows if the own picture can no longer be turned or blurred; see app/extras/. */
import { h } from "preact";
import type { Call } from "../call/mod.ts";
import { PictureStopped } from "./PictureStopped.tsx";

/** See ExtraModule. */
export const open = (call: Call) => ({
  View: () => h(PictureStopped, { call, place: "room" }),
  close: () => {},
});
