/** What recording loads late: nothing of it is in a call that nobody records. */
import { lateImport } from "../../mesh/mod.ts";

/** With the first recording that is asked for, or that a former page has left. */
export const loadRecording = () => lateImport(() => import("./open/lazy.ts"));
