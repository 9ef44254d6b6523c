/** What shows files, as one module to load; see lazy.ts. */
export { FileEntryLine } from "./FileEntryLine.tsx";
export { FileTray } from "./FileTray.tsx";
export { FileWatch } from "./FileWatch.tsx";
