/** What other features draw of files. */
export { AttachKey } from "./AttachKey.tsx";
export { FileDrop } from "./FileDrop.tsx";
export { LateFileLine, LateFileTray } from "./LateFileViews.tsx";
