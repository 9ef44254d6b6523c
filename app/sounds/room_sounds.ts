/**
 * Sounds for people who come, go or raise a hand. Invariants: none for the person's own doings, and
 * none for those who were there first; people who come together are one sound; each only if the
 * person wants it, and none in a page that plays no sound.
 */
import { effect } from "@preact/signals";
import type { MediaStore } from "../devices/mod.ts";
import type { RoomStore } from "../room/mod.ts";
import type { PreferenceBook, Preferences } from "../ui/preferences.ts";
import type { RoomSound } from "./tones.ts";

/** The part of the call that is used. */
export interface SoundingCall {
  readonly session: { readonly state: RoomStore["state"]["value"] };
  readonly room: Pick<RoomStore, "state" | "peers">;
  readonly book: Pick<PreferenceBook, "current">;
  readonly media: { readonly speakerId: MediaStore["speakerId"] };
}

/** `play`: see Tones. `isHeard`: the page plays sound. `now`: ms. */
export interface SoundFacts {
  readonly play: (sound: RoomSound, speakerId: string) => void;
  readonly isHeard: () => boolean;
  readonly now: () => number;
}

/** The least time between two sounds of a kind, ms. */
const quietMs = 1_000;

/** Plays them until the returned function is called. */
export function watchRoom(call: SoundingCall, facts: SoundFacts): () => void {
  let before: Hands | undefined;
  const soundedAt = new Map<RoomSound, number>();
  return effect(() => {
    const hands = handsOf(call);
    const sound = before && hands && soundOf(before, hands);
    before = hands;
    if (sound === undefined || !isWanted(sound, call.book.current.peek())) return;
    const now = facts.now();
    if (now - (soundedAt.get(sound) ?? -Infinity) < quietMs || !facts.isHeard()) return;
    soundedAt.set(sound, now);
    facts.play(sound, call.media.speakerId.peek());
  });
}

/** Who is there, and whose hand is up. */
type Hands = ReadonlyMap<string, boolean>;

/** Undefined outside a room. */
function handsOf({ room, session }: SoundingCall): Hands | undefined {
  const isInside = room.state.value.kind === "joined" || room.state.value.kind === "reconnecting";
  // The room empties itself before it says that the visit is over.
  if (!isInside || session.state.kind === "left") return undefined;
  return new Map(room.peers.value.map(({ peerId, peer }) => [peerId, peer.value.state.hand]));
}

function soundOf(before: Hands, now: Hands): RoomSound | undefined {
  if ([...now].some(([peerId, isUp]) => isUp && before.get(peerId) === false)) return "hand";
  if ([...now.keys()].some((peerId) => !before.has(peerId))) return "joined";
  return [...before.keys()].some((peerId) => !now.has(peerId)) ? "left" : undefined;
}

function isWanted(sound: RoomSound, { peopleSound, handSound }: Preferences): boolean {
  return sound === "hand" ? handSound : peopleSound;
}

/**
 * Plays a sound as an example when the person turns it on, until the returned function is called.
 */
export function watchSwitches(call: SoundingCall, play: SoundFacts["play"]): () => void {
  let before = call.book.current.peek();
  return effect(() => {
    const now = call.book.current.value;
    const example = now.handSound && !before.handSound
      ? "hand"
      : now.peopleSound && !before.peopleSound
      ? "joined"
      : undefined;
    before = now;
    if (example !== undefined) play(example, call.media.speakerId.peek());
  });
}
