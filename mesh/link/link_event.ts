/** What happens inside a link, each event in one shape from the part that makes it to the mesh. */
import type { OpenSignal } from "../../protocol/mod.ts";
import type { LinkEvent } from "../events.ts";
import type { ForeignChannel } from "../skyrtc/foreign_channel.ts";
import type { PeerMessage } from "./peer_message.ts";

/** A signal for the peer. `again`: it was sent before, and may be lost. */
export interface SignalEvent {
  readonly type: "signal";
  readonly signal: OpenSignal;
  readonly again: boolean;
}

/** Of one round of negotiation. */
export type NegotiationEvent =
  | SignalEvent
  /** A round of negotiation is complete. */
  | { readonly type: "settled" }
  /** The connection rejected a description. */
  | { readonly type: "broken" };

/** Of the data channel that every link has. */
export type ChannelEvent =
  /** Messages can be sent from now on. */
  | { readonly type: "opened" }
  /** The other side has closed its connection. */
  | { readonly type: "ended" }
  | { readonly type: "message"; readonly message: PeerMessage };

/** Of channels that one side opens. */
type NewChannelEvent =
  | { readonly type: "skyrtc-channel"; readonly foreign: ForeignChannel }
  | Extract<LinkEvent, { readonly type: "channel" }>;

/** Of one connection. */
export type AttemptEvent =
  | NegotiationEvent
  | ChannelEvent
  | NewChannelEvent
  /** `connectionState` has changed. */
  | { readonly type: "changed" };

/** Of one link, whichever connection it has. */
export type PeerLinkEvent =
  | SignalEvent
  | ChannelEvent
  | NewChannelEvent
  | Extract<LinkEvent, { readonly type: "link" | "track" }>;
