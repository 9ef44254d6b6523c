/** Notices to an owner's browser about who comes while no owner is there. */
export type {
  BrowserBell,
  DoorbellState,
  DoorbellStore,
  NoBell,
  NoticeWords,
  Subscribed,
} from "./doorbell_store.ts";
