/** The keys in the fragment of a page's address, which a browser never sends to a server. */
import { attempt } from "../../protocol/attempt.ts";
import { sealsHere } from "../../mesh/mod.ts";
import { type Keys, keysOf } from "../ui/key_ring.ts";

/**
 * Why a link to a sealed room cannot be used. `cut`: a part of its secret is missing; `insecure`:
 * this page came over plain http, where browsers cannot seal.
 */
export type LinkTrouble = "cut" | "insecure";

/** The keys of a fragment: `#k=…`, `#owner=…` and `#invite=…`, in any order. */
export function keysIn(fragment: string): Keys {
  const text = unescaped(fragment);
  // Programs change the case of a link; sentences add punctuation to a key.
  const key = (name: string, digits: string) =>
    RegExp(`\\b${name}=[^\\w&#-]*(${digits})`, "i").exec(text)?.[1];
  const token = String.raw`[\w.-]*[\w-]`;
  return keysOf({
    ownerKey: key("owner", token),
    invite: key("invite", token),
    // More digits than a secret has are not a secret; an underscore may mark the link as italic.
    secret: key("k", String.raw`[\w-]{43}(?:\.\d+)?(?!_*[a-z\d-])`),
  });
}

/** Why a link to a sealed room cannot be used; undefined: it can be, or it is another link. */
export function linkTrouble(fragment: string): LinkTrouble | undefined {
  if (!/\bk=/i.test(unescaped(fragment))) return undefined;
  if (!sealsHere()) return "insecure";
  return keysIn(fragment).secret === undefined ? "cut" : undefined;
}

/** Some programs escape a whole fragment. */
function unescaped(fragment: string): string {
  return attempt(() => decodeURIComponent(fragment)) ?? fragment;
}

/**
 * Takes the keys out of the address, so that nobody who sees or copies it gets them. Undefined: it
 * has none; empty: they are malformed. `leaves`: the secret to leave there, if nothing else keeps
 * it: after a reload without it, the room would be an open one.
 */
export function takeKeys(leaves: (keys: Keys) => string | undefined): Keys | undefined {
  const { hash, pathname, search } = location;
  if (!/\b(owner|invite|k)=/i.test(unescaped(hash))) return undefined;
  const keys = keysIn(hash);
  const secret = leaves(keys);
  const rest = secret === undefined ? "" : `#k=${secret}`;
  const isCleared = attempt(() => {
    history.replaceState(history.state, "", pathname + search + rest);
    return true;
  });
  // Too many changes in a short time, or blocked.
  if (!isCleared) location.replace(rest || "#");
  return keys;
}
