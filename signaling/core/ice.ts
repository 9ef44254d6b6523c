/** The ICE servers that peers are sent. No server is used unless it is configured. */
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { IceServer, PeerId } from "../../protocol/mod.ts";
import type { IceProvider } from "./core_types.ts";

/** The configured ICE servers. */
export interface IceSettings {
  /** Sent to all peers unchanged. */
  readonly fixed: readonly IceServer[];
  readonly relays: TurnSettings | undefined;
}

/**
 * TURN servers (RFC 8656) that share a secret with us (coturn: `use-auth-secret`,
 * `static-auth-secret`).
 */
export interface TurnSettings {
  /** `turn:` and `turns:` URLs. */
  readonly urls: readonly string[];
  readonly secret: string;
  /** How long a credential is valid, ms. */
  readonly lifetimeMs: number;
}

/**
 * Fixed servers, and relays with credentials as in draft-uberti-behave-turn-rest: username `<unix
 * expiry>:<name>`, password base64(HMAC-SHA-1(secret, username)). They are renewed after half their
 * lifetime. The settings are read each time, because they may change.
 */
export function iceProvider(settings: () => IceSettings): IceProvider {
  return {
    get renewMs() {
      const { relays } = settings();
      return relays && relays.lifetimeMs / 2;
    },
    serversFor: (peerId: PeerId, at: number) => {
      const { fixed, relays } = settings();
      if (relays === undefined) return fixed;
      const { urls, secret, lifetimeMs } = relays;
      const username = `${Math.floor((at + lifetimeMs) / 1000)}:${peerId}`;
      const hmac = createHmac("sha1", Buffer.from(secret)).update(username);
      return [...fixed, { urls, username, credential: hmac.digest("base64") }];
    },
  };
}
