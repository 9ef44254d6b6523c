/** The files of one visit to a room. */
export { Files } from "./files.ts";
