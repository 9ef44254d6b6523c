/** What other features draw of captions. */
export { CaptionsKey } from "./CaptionsKey.tsx";
