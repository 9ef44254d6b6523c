import type { Context } from "fresh";
import type { State } from "../server/parley.ts";
import { remoteAddress } from "../server/request.ts";
import { checkHandshake, upgrade } from "../server/upgrade.ts";

/** The signalling socket. `server/serve.ts` accepts upgrades on every other path. */
export const handler = {
  GET({ req, info, state }: Context<State>): Response {
    const client = state.parley.clientOf(req, remoteAddress(info));
    return upgrade(req, { ...state.parley, client });
  },
  /** For a page whose sockets do not open; see `checkHandshake`. */
  POST({ req, info, state }: Context<State>): Response {
    const client = state.parley.clientOf(req, remoteAddress(info));
    return checkHandshake(req, { ...state.parley, client });
  },
};
