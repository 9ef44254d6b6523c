/**
 * Names for rooms: readable, but not guessable. Invariant: a random name has at least 40 bits from
 * the platform's secure generator, without bias.
 */
// 64 each: 6 bits exactly. Short, neutral, easy to say and to spell.
const moods = ("amber autumn azure brave bright brisk calm candid clear copper coral cosy crisp " +
  "daily early easy fair fine fresh gentle glad golden grand green happy honest humble jolly keen " +
  "kind level light lively lucky mellow merry mild misty modest neat noble olive open patient plain " +
  "polite proud quick quiet ready rosy royal silver simple smooth snowy solid spring steady sunny " +
  "tidy vivid warm").split(" ");
const places =
  ("acre arch atlas attic bay beach bench birch bridge brook cabin canal canyon castle " +
    "cedar cliff cloud coast cove creek delta dune field fjord forest garden grove harbor hill island " +
    "kiosk lagoon lake lantern library maple market meadow mill moor oasis orchard park path pier " +
    "pine plaza pond porch prairie river sail shore square studio summit terrace tower trail valley " +
    "village window willow").split(" ");
// 31 characters: 0, o, 1, l and i look alike and are left out.
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Fills an array with random bytes, as `crypto.getRandomValues` does. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** A new room name such as quiet-harbor-7kq2mx: about 12 bits of words and 29.7 of letters. */
export function randomRoomName(
  random: RandomBytes = (bytes) => crypto.getRandomValues(bytes),
): string {
  const tail = Array.from({ length: 6 }, () => letters[below(letters.length, random)]).join("");
  return `${moods[below(moods.length, random)]}-${places[below(places.length, random)]}-${tail}`;
}

/** A uniform number from 0 to `bound` - 1; `bound` at most 256. */
function below(bound: number, random: RandomBytes): number {
  // Bytes past the last whole multiple would favour low numbers, so they are discarded.
  const fair = 256 - (256 % bound);
  const byte = new Uint8Array(1);
  do random(byte); while ((byte[0] ?? 0) >= fair);
  return (byte[0] ?? 0) % bound;
}
