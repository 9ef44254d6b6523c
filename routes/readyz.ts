import type { Context } from "fresh";
import type { State } from "../server/parley.ts";

const headers = { "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" };

/** Whether a load balancer should send new people here: 503 from the start of a stop. */
export const handler = {
  GET({ state }: Context<State>): Response {
    return state.parley.hub.isClosed
      ? new Response("stopping\n", { status: 503, headers })
      : new Response("ready\n", { headers });
  },
};
