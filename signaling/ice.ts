/** Where the browsers' ICE servers come from. Nothing is contacted unless somebody configured it. */
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { IceServer, PeerId } from "../protocol/mod.ts";
import type { IceProvider } from "./core_types.ts";

/** The relays of one operator, who shares a secret with us (coturn: `use-auth-secret`, `static-auth-secret`). */
export interface TurnSettings {
  /** `turn:` and `turns:` URLs. */
  readonly urls: readonly string[];
  /** Asked each time, so that the file behind it may change. */
  readonly secret: () => string;
  /** How long a credential is good for, ms. */
  readonly lifetimeMs: number;
}

/**
 * Fixed servers, and relays with credentials of the coturn REST form: username `<unix expiry>:<name>`, password
 * base64(HMAC-SHA-1(secret, username)). Half of their life later they are renewed.
 */
export function iceProvider(
  fixed: readonly IceServer[],
  turn: TurnSettings | undefined,
): IceProvider {
  if (turn === undefined) return { serversFor: () => fixed, renewMs: undefined };
  const { urls, secret, lifetimeMs } = turn;
  return {
    renewMs: lifetimeMs / 2,
    serversFor: (peerId: PeerId, at: number) => {
      const username = `${Math.floor((at + lifetimeMs) / 1000)}:${peerId}`;
      const hmac = createHmac("sha1", Buffer.from(secret())).update(username);
      return [...fixed, { urls, username, credential: hmac.digest("base64") }];
    },
  };
}
