/** What is done to the own picture before anybody gets it. */
export { type PictureEffect, readEffect, treatmentOf, withTurn } from "./picture_effect.ts";
export { ownPicture } from "./picture_store.ts";
