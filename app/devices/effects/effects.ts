/** What the person lets happen to the own sound or picture before anybody gets it. */
import { lateImport } from "../../../mesh/mod.ts";
import { loadOwnPicture } from "../../own_picture/lazy.ts";
import { loadNoiseStore } from "../noise/lazy.ts";

/** The track that takes the place of a device's track. `effect`: as stored; anything. */
export async function applyEffect(
  track: MediaStreamTrack,
  effect: object,
): Promise<MediaStreamTrack> {
  if (track.kind === "video") {
    return await (await lateImport(loadOwnPicture)).applyPicture(track, effect);
  }
  const { ownNoise, wantsVoiceOnly } = await lateImport(loadNoiseStore);
  return wantsVoiceOnly({ effects: { microphone: effect } })
    ? await ownNoise.process(track)
    : track;
}
