/** A track of a picture of this size. */
export function fakeTrack(width: number, height: number, contentHint = ""): MediaStreamTrack {
  const track = { contentHint, getSettings: () => ({ width, height, frameRate: 30 }) };
  return track as unknown as MediaStreamTrack;
}
