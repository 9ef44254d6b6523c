/** What the page before joining draws of taking a call over. */
export { TakeEntry } from "./TakeEntry.tsx";
