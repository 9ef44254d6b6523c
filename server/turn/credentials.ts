/**
 * Credentials of the built-in relay, in the form of draft-uberti-behave-turn-rest: the username is
 * `<unix expiry>:<peer id>`, the password base64(HMAC-SHA-1(key, username)).
 */
import { createHash, createHmac } from "node:crypto";

/** The realm of the long-term credentials (RFC 8489, section 9.2). */
export const realm = "parley";

/** What a username says. */
export interface Username {
  /** The end of its validity for new allocations, ms since the epoch. */
  readonly expires: number;
  readonly peerId: string;
}

/** Reads a username; undefined: malformed. */
export function readUsername(text: string): Username | undefined {
  const [, seconds, peerId = ""] = /^(\d{1,12}):([\w-]{1,64})$/.exec(text) ?? [];
  return seconds === undefined ? undefined : { expires: Number(seconds) * 1000, peerId };
}

/** The password of a username. `secret`: the key that mints credentials. */
export function passwordOf(username: string, secret: string): string {
  return createHmac("sha1", secret).update(username).digest("base64");
}

/** The key that signs the messages of a user (RFC 8489, section 9.2.2). */
export function messageKey(username: string, secret: string): Uint8Array {
  const text = `${username}:${realm}:${passwordOf(username, secret)}`;
  return createHash("md5").update(text).digest();
}
