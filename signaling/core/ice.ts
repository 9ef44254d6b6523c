/** The ICE servers that peers are sent. */
import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";
import type { IceServer, PeerId } from "../../protocol/mod.ts";
import type { IceProvider, IceUser, Site } from "./core_types.ts";

/** The configured ICE servers. */
export interface IceSettings {
  /** Sent to all peers unchanged. */
  readonly fixed: readonly IceServer[];
  readonly relays: readonly TurnSettings[];
}

/**
 * TURN servers (RFC 8656) with one secret: that of this process, or others that share theirs with
 * us (coturn: `use-auth-secret`, `static-auth-secret`).
 */
export interface TurnSettings {
  /** `stun:`, `turn:` and `turns:` URLs for pages of a site; none: it cannot reach a server. */
  readonly urlsFor: (site: Site | undefined) => readonly string[];
  readonly secret: string;
  /** How long a credential is valid, ms. */
  readonly lifetimeMs: number;
}

/**
 * The name at the relays of a peer that chose its own id: anybody who knows that id could choose it
 * in another room, and use up what the relays allow one peer.
 */
export function relayUser(room: string, peerId: PeerId): string {
  return createHash("sha256").update(`${room} ${peerId}`).digest("hex").slice(0, 32);
}

/**
 * Fixed servers, and relays with credentials as in draft-uberti-behave-turn-rest: username `<unix
 * expiry>:<name>`, password base64(HMAC-SHA-1(secret, username)). They are renewed after half their
 * lifetime. The settings are read each time, because they may change.
 */
export function iceProvider(settings: () => IceSettings): IceProvider {
  return {
    get renewMs() {
      const lifetimes = settings().relays.map(({ lifetimeMs }) => lifetimeMs);
      return lifetimes.length === 0 ? undefined : Math.min(...lifetimes) / 2;
    },
    serversFor: ({ peerId, site }: IceUser, at: number) => {
      const { fixed, relays } = settings();
      return [
        ...fixed,
        ...relays.flatMap(({ urlsFor, secret, lifetimeMs }) => {
          const urls = urlsFor(site);
          if (urls.length === 0) return [];
          const username = `${Math.floor((at + lifetimeMs) / 1000)}:${peerId}`;
          const hmac = createHmac("sha1", Buffer.from(secret)).update(username);
          return [{ urls, username, credential: hmac.digest("base64") }];
        }),
      ];
    },
  };
}
