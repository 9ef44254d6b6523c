/** What the mesh knows of one other member. */
import type { PeerId } from "../protocol/mod.ts";
import type { Slot } from "./events.ts";
import type { PeerLink } from "./link/peer_link.ts";
import type { Watch } from "./link/peer_message.ts";

/** A member and the link to it. */
export interface LinkedMember {
  readonly peerId: PeerId;
  link: PeerLink;
  /** Its last signal came over the data channel, so the answer goes there too. */
  isDirect?: boolean;
  /** Its link was ended because it could not be trusted. */
  isDoubted?: boolean;
  /** It got the own name or state directly, so it gets all later ones directly too. */
  isInformed?: boolean;
  /** How it shows the own pictures: its last `watch` message. */
  watch: Watch | undefined;
  /** How its pictures are shown here: the last `watch` message to it. */
  shown: Watch | undefined;
  /** Slots with a track that the owners do not allow. */
  readonly hidden: Set<Slot>;
}
