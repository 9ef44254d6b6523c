/** What a part of a call that is loaded with its first use offers to the room. */
import type { ComponentType, JSX } from "preact";
import type { LeftReason, LinkEvent } from "../../mesh/mod.ts";
import type { LateMessage } from "../../protocol/mod.ts";
import type { Call } from "../call/mod.ts";

/** A peer's message about an extra, or a data channel for it. */
export type ExtraEvent = Extract<LinkEvent, { readonly type: "topic" | "channel" }>;

/** An open extra. */
export interface Extra {
  /** Drawn among the pills of the room. */
  readonly View?: ComponentType;
  /** Drawn over the tile of each person; `peerId` may be the own one. */
  readonly Tile?: ComponentType<{ readonly peerId: string }>;
  /** What is drawn instead of the page after leaving; undefined: that page. */
  left?(reason: LeftReason): JSX.Element | undefined;
  /** Drawn on the page after the visit, in place of `otherwise`. */
  readonly LastLine?: ComponentType<{
    readonly reason: LeftReason;
    readonly otherwise: string;
  }>;
  /** The person has pressed its key in a menu. */
  press?(): void;
  /** A peer has sent something for it. */
  handle?(event: ExtraEvent): void;
  /** The server has sent something for it. */
  receive?(message: LateMessage): void;
  close(): void;
}

/**
 * The name is also the topic of the extra's messages, and `parley-NAME` the label of its data
 * channels.
 */
export type ExtraName =
  | "chat"
  | "recording"
  | "replay"
  | "captions"
  | "sounds"
  | "noise"
  | "picture"
  | "move"
  | "powers"
  | "files";

/** The module `extra.ts` of a feature. `open` is called once in a call. */
export interface ExtraModule {
  readonly open: (call: Call) => Extra;
}

/** Loads the module of each extra, trying until it succeeds. */
export type ExtraLoaders = Readonly<Partial<Record<ExtraName, () => Promise<ExtraModule>>>>;
