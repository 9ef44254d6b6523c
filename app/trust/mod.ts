/** Who of a room can be trusted, as this page knows it. */
export type { RoomTrust, ShownTrust, TrustNotice, TrustStore } from "./trust_store.ts";
