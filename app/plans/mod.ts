/** Planned rooms, and rooms of which this browser has an owner key. */
export type { OwnedRoom, Plan, PlanBook } from "./plans_store.ts";
