import type { Context } from "fresh";
import { version } from "../server/version.ts";
import type { State } from "../server/parley.ts";

/** The state of the server, for load balancers and people. */
export const handler = {
  GET({ state }: Context<State>): Response {
    const { hub, cluster } = state.parley;
    const { rooms, peers, sockets, faults } = hub.counts();
    const counts = { rooms, peers, sockets, faults };
    const health = { status: "ok", version, ...counts, ...cluster && { cluster: cluster.health } };
    return Response.json(health, { headers: { "cache-control": "no-store" } });
  },
};
