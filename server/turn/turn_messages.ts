/** What the process and its worker for STUN and TURN tell each other. */
import type { TurnCounts } from "./turn_counts.ts";

/** What a worker is started with. */
export interface TurnSettings {
  /** Mints and checks credentials. */
  readonly secret: string;
  /** What a connection of this process to the worker begins with. */
  readonly token: string;
  /** The hosts that answer over UDP. */
  readonly hosts: readonly string[];
  readonly port: number;
  /** Whether any free port is right if that one is in use. */
  readonly isAnyPort: boolean;
  /** The addresses that peers see, or a name; none: those of this machine. */
  readonly publicAddresses: readonly string[];
  /** The first and the last port to relay from; undefined: no ports. */
  readonly range: readonly [first: number, last: number] | undefined;
  /** The most that is relayed, bytes per second; undefined: as much as there is. */
  readonly bytesPerSecond: number | undefined;
  /** Addresses that are not public and may be reached all the same. */
  readonly allowPeers: readonly string[];
}

/** To the worker; the first one starts it. */
export type TurnCommand =
  | { readonly kind: "start"; readonly settings: TurnSettings }
  /** The credentials of a peer count from now on, or no longer. */
  | { readonly kind: "admit" | "revoke"; readonly peerId: string };

/** From the worker. */
export type TurnEvent =
  /** It answers. `udpPort` undefined: over TCP only; `bridgePort`: takes the streams. */
  | {
    readonly kind: "ready";
    readonly udpPort: number | undefined;
    readonly bridgePort: number;
    readonly addresses: readonly string[];
  }
  /** The client of a stream, named by the local port of its bridge, has an allocation. */
  | { readonly kind: "allocated"; readonly bridge: number }
  /** Comes once a second. */
  | { readonly kind: "counts"; readonly counts: TurnCounts }
  /** Something for the log. */
  | { readonly kind: "warning"; readonly words: string; readonly reason: string }
  /** Something that must not happen; the worker goes on. */
  | { readonly kind: "fault"; readonly error: unknown };
