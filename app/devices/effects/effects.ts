/** What the person lets happen to the own sound or picture before anybody gets it. */
import { lateImport } from "../../../mesh/mod.ts";
import { loadOwnPicture } from "../../picture/lazy.ts";

/** The track that takes the place of a device's track. `effect`: as stored; anything. */
export async function applyEffect(
  track: MediaStreamTrack,
  effect: object,
): Promise<MediaStreamTrack> {
  if (track.kind !== "video") return track;
  const { ownPicture } = await lateImport(loadOwnPicture);
  return await ownPicture.apply(track, effect);
}
