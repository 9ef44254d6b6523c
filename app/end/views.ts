/** What the room draws after it is left. */
export { LeftPage } from "./LeftPage.tsx";
