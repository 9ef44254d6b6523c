/** What the person lets happen to the own sound or picture before anybody gets it. */

/** The track that takes the place of a device's track. `effect`: as stored; anything. */
export function applyEffect(track: MediaStreamTrack, _effect: object): Promise<MediaStreamTrack> {
  return Promise.resolve(track);
}
