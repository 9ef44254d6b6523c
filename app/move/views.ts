/** What other features draw of moving the call. */
export { MoveKey } from "./MoveKey.tsx";
