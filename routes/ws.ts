import type { Context } from "fresh";
import type { State } from "../server/parley.ts";
import { remoteAddress } from "../server/request.ts";
import { foretell, upgrade } from "../server/upgrade.ts";

/** The signalling socket. The server's own listener sends upgrades on every other path here too. */
export const handler = {
  GET({ req, info, state }: Context<State>): Response {
    const client = state.parley.clientOf(req, remoteAddress(info));
    return upgrade(req, { ...state.parley, client });
  },
  /** For a page whose sockets do not open; see foretell(). */
  POST({ req, info, state }: Context<State>): Response {
    const client = state.parley.clientOf(req, remoteAddress(info));
    return foretell(req, { ...state.parley, client });
  },
};
