/** What a room loads while noise is removed. Apart, as a microphone starts before there is one. */

/** Tells why noise is no longer removed; with the microphone that it is removed from. */
export const loadNoiseExtra = () => import("./extra.tsx");
