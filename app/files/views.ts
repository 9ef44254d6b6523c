/** What other features draw of files. */
export { AttachKey, ChosenFiles, FileDrop, FileLine } from "./FileDrop.tsx";
