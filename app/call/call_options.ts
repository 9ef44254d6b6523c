/** What a call is given, and how a person joins; types only. */
import type { KeptVisit, RoomSession } from "../../mesh/mod.ts";
import type { FileRoom } from "../../mesh/files/mod.ts";
import type { After, IntentMemory, MediaSource, WatchLevel, Wish } from "../devices/mod.ts";
import type { KeyRing, Keys } from "../ui/key_ring.ts";
import type { PreferenceBook } from "../ui/preferences.ts";
import type { RoomTrust } from "../trust/mod.ts";

/** The part of RoomSession a call uses. */
export interface Session extends
  Pick<
    RoomSession,
    "state" | "subscribe" | "join" | "leave" | "close" | "send" | "setTrack" | "iceServers"
  > {
  readonly roster: Pick<RoomSession["roster"], "peers" | "subscribe">;
  readonly chat: Pick<RoomSession["chat"], "send" | "change" | "subscribe">;
  readonly presence: Pick<RoomSession["presence"], "name" | "setMuted" | "change" | "subscribe">;
  readonly owners: Pick<
    RoomSession["owners"],
    "subscribe" | "handle" | "taken" | "credentials" | "allows"
  >;
  readonly messages: Pick<RoomSession["messages"], "subscribe">;
  readonly late: Pick<RoomSession["late"], "subscribe">;
  readonly trust: RoomTrust;
  readonly monitor: Pick<RoomSession["monitor"], "relayPlace" | "setLight" | "subscribe">;
  readonly links:
    & Pick<
      RoomSession["links"],
      "retry" | "watch" | "relayOnly" | "setRelayOnly" | "tell" | "receiversOf" | "ownTrack"
    >
    & FileRoom["links"];
}

/** How a person joins. */
export interface JoinOptions {
  readonly room: string;
  readonly name: string;
  readonly wish: Wish;
  /** The source of the wish: the person now (the default), a link, or the state before a return. */
  readonly from?: "person" | "link" | "before";
  readonly password?: string | undefined;
  /** Keys to send besides those this browser keeps. */
  readonly keys?: Keys | undefined;
  /** The membership of another device, to go on with. */
  readonly resume?: KeptVisit | undefined;
}

/** How the last visit ended. `names`: who was still there. `ms`: how long it lasted. */
export interface Ending {
  readonly names: readonly string[];
  readonly ms: number;
}

/** The dependencies of a call. `now` and `date` in ms; `now` is monotonic. */
export interface CallOptions {
  readonly session: Session;
  readonly media: MediaSource;
  readonly book: PreferenceBook;
  readonly keys: KeyRing;
  readonly watchLevel: WatchLevel;
  readonly after: After;
  readonly now: () => number;
  readonly date: () => number;
  /** Keeps what the person wants for the next load of the page. */
  readonly intent?: Pick<IntentMemory, "keep">;
  /** Opens in advance what a join needs. */
  readonly warm?: () => void;
}
