/** Reads the link in the address of a room's page, and takes its keys. */
import type { KeyRing, Keys } from "../ui/key_ring.ts";
import { keysIn, type LinkTrouble, linkTrouble, takeKeys } from "./link_fragment.ts";

/** The keys of this browser, and what to do with those of a link, as `OpenedLink` has them. */
export interface LinkUse {
  readonly room: string;
  readonly keys: KeyRing;
  readonly onKeys: (openedLink: { readonly keys: Keys; readonly opened: boolean }) => void;
}

/** The part of a call that is used. */
export interface LinkedCall {
  readonly secret: { peek(): string | undefined };
  readonly session: { readonly state: { readonly kind: string } };
  showKeys(room: string, keys?: Keys): void;
}

/**
 * Reads the link that opened the page. One in trouble stays in the address, so that only a whole
 * one leads on.
 */
export function readLink(
  call: LinkedCall,
  { room, keys, onKeys }: LinkUse,
): LinkTrouble | undefined {
  call.showKeys(room);
  const known = call.secret.peek();
  const trouble = linkTrouble(location.hash);
  if (trouble === "insecure" || (trouble && known === undefined)) return trouble;
  const taken = takeKeys((taken) => {
    call.showKeys(room, taken);
    return keys.isSaved ? undefined : call.secret.peek();
  });
  // The page shows by itself what a secret opens.
  if (taken && Object.keys(taken).join() !== "secret") onKeys({ keys: taken, opened: true });
}

/** Reads a link that has changed only the fragment of the open page. */
export function readLaterLink(call: LinkedCall, { keys, onKeys }: LinkUse): void {
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
