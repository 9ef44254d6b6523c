/** Captions of what people say. */
import type { CaptionsOptions } from "./captions_store.ts";
export type { CaptionLine, CaptionsStore } from "./captions_store.ts";
export type { WriterState } from "./caption_message.ts";

/** What the page gives the captions of a call. */
export type PageFacts = Omit<CaptionsOptions, "call" | "recogniser">;
