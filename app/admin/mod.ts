/** What the administration knows of the server and its rooms. */
export { AdminStore } from "./admin_store.ts";
