import type { Context } from "fresh";
import type { State } from "../server/parley.ts";

const headers = { "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" };

/** Whether a load balancer may send new people here; 503 while the server stops. */
export const handler = {
  GET({ state }: Context<State>): Response {
    return state.parley.hub.isClosed
      ? new Response("stopping\n", { status: 503, headers })
      : new Response("ready\n", { headers });
  },
};
