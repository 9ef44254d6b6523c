/** What the room draws of the site's program. */
export { ProgramLine } from "./ProgramLine.tsx";
export { ProgramNews } from "./ProgramNews.tsx";
