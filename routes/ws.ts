import type { Context } from "fresh";
import type { State } from "../server/parley.ts";
import { upgrade } from "../server/upgrade.ts";

/** The signalling socket. The server's own listener sends upgrades on every other path here too. */
export const handler = {
  GET({ req, info, state }: Context<State>): Response {
    const { remoteAddr } = info;
    const remoteAddress = "hostname" in remoteAddr ? remoteAddr.hostname : "127.0.0.1";
    const client = state.parley.clientOf(req, remoteAddress);
    return upgrade(req, { ...state.parley, client });
  },
};
