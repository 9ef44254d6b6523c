/** What other features draw of recordings. */
export { RecordingKey } from "./RecordingKey.tsx";
