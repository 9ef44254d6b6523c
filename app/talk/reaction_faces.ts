/**
 * What a reaction looks like. Not icons of the interface but what a person says, so they look as they do everywhere else on
 * the reader's system; the words beside them come from the catalogue.
 */
import type { Reaction } from "../../protocol/mod.ts";

const faces: Readonly<Record<Reaction, string>> = {
  "thumbs-up": "👍",
  "applause": "👏",
  "heart": "❤️",
  "laughter": "😂",
  "surprise": "😮",
  "celebration": "🎉",
};

/** All reactions, as they are offered. */
export const reactions: readonly Reaction[] = Object.keys(faces).filter(isReaction);

function isReaction(text: string): text is Reaction {
  return Object.hasOwn(faces, text);
}

/** One reaction's face. */
export function faceOf(reaction: Reaction): string {
  return faces[reaction];
}
