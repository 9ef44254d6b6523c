/**
 * What two verified members tell each other over their link, so that people can find out whether
 * they are verified to the right one. All texts are base64url.
 */
import * as is from "../../protocol/schema.ts";

/** One message; each kind replaces the last one of its kind. */
export type TrustMessage =
  /** The members that the sender sees verified, see views.ts; empty: it does not know now. */
  | { readonly kind: "view"; readonly view: string }
  /** SHA-256 of the number that the sender draws for the safety words. */
  | { readonly kind: "commit"; readonly commitment: string }
  /** That number; it follows the commitment of the other end. */
  | { readonly kind: "reveal"; readonly number: string }
  /** The key that the sender's browser keeps, and its signature of the sender's hello. */
  | { readonly kind: "identity"; readonly key: string; readonly signature: string };

const text = is.text({ most: 128 });

/** Checks a message from a link. */
export const trustMessage = is.tagged<TrustMessage>("kind", {
  view: is.object({ kind: is.oneOf("view"), view: text }),
  commit: is.object({ kind: is.oneOf("commit"), commitment: text }),
  reveal: is.object({ kind: is.oneOf("reveal"), number: text }),
  identity: is.object({ kind: is.oneOf("identity"), key: text, signature: text }),
});
