/** What comes with the open panel or the first line, in one module; see lazy.ts. */
export { keepDraft } from "./draft_memory.ts";
export { LineMarks } from "./marks/LineMarks.tsx";
export { MarkPicker } from "./marks/MarkPicker.tsx";
export { PinStrip } from "./marks/PinStrip.tsx";
export { ReadBy, Writers } from "./marks/ReadingViews.tsx";
export { chatRows, lineRows } from "./marks/rows.ts";
export { isMentioned } from "./mentions/mention.ts";
export { SearchBar, SearchKey } from "./search/SearchBar.tsx";
export { LineText } from "./text/LineText.tsx";
