/** Where the browsers' ICE servers come from. Nothing is contacted unless somebody configured it. */
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { IceServer, PeerId } from "../../protocol/mod.ts";
import type { IceProvider } from "./core_types.ts";

/** Where a browser finds its way through the network. */
export interface IceSettings {
  /** Given to everybody as they are. */
  readonly fixed: readonly IceServer[];
  readonly relays: TurnSettings | undefined;
}

/** The relays of one operator, who shares a secret with us (coturn: `use-auth-secret`, `static-auth-secret`). */
export interface TurnSettings {
  /** `turn:` and `turns:` URLs. */
  readonly urls: readonly string[];
  readonly secret: string;
  /** How long a credential is good for, ms. */
  readonly lifetimeMs: number;
}

/**
 * Fixed servers, and relays with credentials of the coturn REST form: username `<unix expiry>:<name>`, password
 * base64(HMAC-SHA-1(secret, username)). Half of their life later they are renewed. The settings are asked for each time,
 * since they may change.
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
