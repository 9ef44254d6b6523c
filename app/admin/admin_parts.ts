/** What the administration's page uses of this folder. Not in mod.ts, so that no other page loads it. */
export type { AdminRoom, AdminRoomInFull } from "../../protocol/admin.ts";
export { type AdminPlace, AdminStore, type AdminTrouble } from "./admin_store.ts";
export { type AdminWords, adminWords } from "../ui/words/admin.ts";
