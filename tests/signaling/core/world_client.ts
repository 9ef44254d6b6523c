// What the model of world.ts keeps of each client.

import type { Dialect, Join, Knocks, PeerId, Rules } from "../../../protocol/mod.ts";

/** What a client on one socket knows. */
export interface Client {
  open: boolean;
  dialect: Dialect;
  room: string | undefined;
  /** The room in whose lobby it waits. */
  waitsFor: string | undefined;
  /** Its last join, whose answer may wait for an owner. */
  asks?: Join;
  selfId: PeerId | undefined;
  /** The others in its room, as it was sent them. */
  view: Set<PeerId>;
  /** The raised hands, as it was sent them. */
  hands: readonly PeerId[];
  /** The rules and owners, as it was sent them. */
  rules: Rules | undefined;
  /** Who waits in the lobby of its room, as it was sent. */
  knocks: Knocks["knocks"];
  /** The revision of the last event of its room that it received. */
  revision: number;
}

export const newClient = (dialect: Dialect): Client => ({
  open: true,
  dialect,
  room: undefined,
  waitsFor: undefined,
  selfId: undefined,
  view: new Set(),
  hands: [],
  rules: undefined,
  knocks: [],
  revision: 0,
});
