/** Who sends a request: the long-term credentials of RFC 8489, section 9.2. */
import { messageKey, readUsername } from "./credentials.ts";
import type { Nonces } from "./nonces.ts";
import { attributes, readText, type StunMessage } from "./stun_message.ts";
import type { TurnClient } from "./turn_client.ts";

/** A member who has signed a request. */
export interface User {
  readonly username: string;
  readonly peerId: string;
  /** When the username stops being good for new allocations, ms since the epoch. */
  readonly expires: number;
  readonly key: Uint8Array;
}

/** The user, or the error to answer with: 400, 401 or 438. */
export type Authentication =
  | { readonly kind: "user"; readonly user: User }
  | { readonly kind: "error"; readonly code: number };

/** What users are judged by. */
export interface Judge {
  /** The key that mints credentials. */
  readonly secret: string;
  readonly nonces: Nonces;
  /** Whether a member is in a room. */
  isMember(peerId: string): boolean;
}

/** Reads and checks the credentials of a request. */
export function authenticate(
  request: StunMessage,
  { client, judge }: { client: TurnClient; judge: Judge },
): Authentication {
  if (!request.found.has(attributes.messageIntegrity)) return { kind: "error", code: 401 };
  const username = readText(request, attributes.username);
  const nonce = readText(request, attributes.nonce);
  if (username === undefined || nonce === undefined || !request.found.has(attributes.realm)) {
    return { kind: "error", code: 400 };
  }
  const read = readUsername(username);
  if (read === undefined || !judge.isMember(read.peerId)) return { kind: "error", code: 401 };
  const key = messageKey(username, judge.secret);
  if (!request.isSignedWith(key)) return { kind: "error", code: 401 };
  // After the signature, so that nobody is told about nonces who has no credentials.
  if (!judge.nonces.isFresh(nonce, client.address)) return { kind: "error", code: 438 };
  return { kind: "user", user: { username, key, ...read } };
}
