import type { Context } from "fresh";
import type { State } from "../server/parley.ts";

const headers = { "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" };

/**
 * Whether a load balancer may send new people here; 503 while the server stops, or cannot reach
 * what it shares with other nodes.
 */
export const handler = {
  GET({ state }: Context<State>): Response {
    const { hub, cluster } = state.parley;
    const trouble = hub.isClosed ? "stopping" : cluster?.trouble;
    return trouble === undefined
      ? new Response("ready\n", { headers })
      : new Response(`${trouble}\n`, { status: 503, headers });
  },
};
