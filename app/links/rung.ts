/** How two people are connected, as one rung of a ladder; Words has each. */
import type { LinkReport, RelayPlace } from "../../protocol/mod.ts";

/** A relay by the transport to it, and by whose it is. */
type RelayedRung = `${LinkReport["protocol"]}-${RelayPlace}`;

/** Any rung; unknown until an end has reported. */
export type Rung = "unknown" | "direct" | RelayedRung;
