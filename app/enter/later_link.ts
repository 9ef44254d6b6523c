/** A link that changes only the fragment of the open page; loaded late. */
import type { Call } from "../call/mod.ts";
import type { KeyRing, Keys } from "../ui/key_ring.ts";
import { keysIn, linkTrouble, takeKeys } from "./link_fragment.ts";

/** The keys of this browser, and what to do with those of a link, as `OpenedLink` has them. */
export interface LinkUse {
  readonly keys: KeyRing;
  readonly onKeys: (openedLink: { readonly keys: Keys; readonly opened: boolean }) => void;
}

/** Takes its keys, or loads the page anew. */
export function readLaterLink(call: Call, { keys, onKeys }: LinkUse): void {
  const { hash } = location;
  const known = call.secret.peek();
  if (!keys.isSaved && hash === `#k=${known}`) return;
  const { secret = known } = keysIn(hash);
  const { kind } = call.session.state;
  const isSealed = known !== undefined && (kind === "joined" || kind === "reconnecting");
  // Another secret is another room, but for a person inside a sealed one.
  if (!isSealed && (linkTrouble(hash) ?? (secret !== known))) return location.reload();
  const taken = takeKeys(() => keys.isSaved ? undefined : known);
  if (taken) onKeys({ keys: taken, opened: false });
}
