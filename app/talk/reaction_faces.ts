/**
 * The emoji of reactions. They are content, not icons, so they look as elsewhere on the reader's
 * system; their names come from the catalogue.
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

/** All reactions, in display order. */
export const reactions: readonly Reaction[] = Object.keys(faces).filter(isReaction);

function isReaction(text: string): text is Reaction {
  return Object.hasOwn(faces, text);
}

/** The emoji of a reaction. */
export function faceOf(reaction: Reaction): string {
  return faces[reaction];
}
