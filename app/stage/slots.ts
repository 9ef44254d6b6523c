/** What the room adds to the stage besides the pictures, once loaded: pictures come first. */
import type { ComponentChildren } from "preact";
import type { PeerView } from "../room/mod.ts";
import type { Seat } from "./arrangement.ts";
import type { ViewStore } from "./view_store.ts";
import type { Pager } from "./layout.ts";

/**
 * The tile of a shared screen. `of`: the sharer's peer id; `own`: the track if it is the person's
 * own screen.
 */
export interface ScreenSlot {
  readonly of: string;
  readonly label: string;
  readonly own: MediaStreamTrack | undefined;
}

/** Wraps what a row of a tile's menu does: the menu closes and its key takes the focus back. */
export type Then = (run: () => void) => () => void;

/** Renders other features into the stage's slots. */
export interface StageSlots {
  readonly view: ViewStore;
  readonly overPeer: (view: PeerView) => ComponentChildren;
  /** Beside a person's name. */
  readonly besideName: (view: PeerView) => ComponentChildren;
  readonly overSelf: (seat: Seat | undefined) => ComponentChildren;
  readonly overScreen: (tile: ScreenSlot) => ComponentChildren;
  /** Beside a person who is alone; `again`: others were in the room before. */
  readonly beside: (seat: Seat | undefined, again: boolean) => ComponentChildren;
  readonly overAll: (pager: Pager | undefined) => ComponentChildren;
}
