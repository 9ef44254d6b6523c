import type { Context } from "fresh";
import { version } from "../server/version.ts";
import type { State } from "../server/parley.ts";

/** The state of the server, for load balancers and people. */
export const handler = {
  GET({ state }: Context<State>): Response {
    const { rooms, peers, sockets, faults } = state.parley.hub.counts();
    return Response.json({ status: "ok", version, rooms, peers, sockets, faults }, {
      headers: { "cache-control": "no-store" },
    });
  },
};
