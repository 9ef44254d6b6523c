/** What the views of owners draw of it. */
export { personRows } from "./person_rows.ts";
export { RoomTimesKeys } from "./RoomTimesKeys.tsx";
export { usePowers } from "./stores.ts";
