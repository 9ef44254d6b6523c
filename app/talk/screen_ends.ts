/** Tells why a shared screen is gone, from two looks at the people in the room. Pure. */

/** One person and their shared screen. */
export interface Sharer {
  readonly peerId: string;
  readonly name: string;
  /** Their screen is shown. */
  readonly isShown: boolean;
  /** The link to them works. */
  readonly isLinked: boolean;
  /** The owners allow them to share. */
  readonly mayShare: boolean;
}

/**
 * What became of a screen that was shown. `stopped`: by its sharer; `frozen`: it waits for the
 * link, which is being restored; `unlinked`: the link was lost, and the screen with it;
 * `reserved`: only owners may share; `left`: its sharer is no longer in the room.
 */
export type ScreenEnd = "stopped" | "frozen" | "unlinked" | "reserved" | "left";

/** The screens of `before` that ended or stood still until `now`. */
export function screenEnds(
  before: readonly Sharer[],
  now: readonly Sharer[],
): { readonly sharer: Sharer; readonly end: ScreenEnd }[] {
  return before.filter(({ isShown }) => isShown).flatMap((sharer) => {
    const end = endOf(sharer, now.find(({ peerId }) => peerId === sharer.peerId));
    return end === undefined ? [] : [{ sharer, end }];
  });
}

function endOf(before: Sharer, now: Sharer | undefined): ScreenEnd | undefined {
  if (now === undefined) return "left";
  if (now.isShown) {
    return before.isLinked && !now.isLinked ? "frozen" : undefined;
  }
  if (!now.mayShare) return "reserved";
  return before.isLinked && now.isLinked ? "stopped" : "unlinked";
}
