import { type Context, HttpError } from "fresh";
import type { State } from "../server/parley.ts";
import { remoteAddress } from "../server/request.ts";

/** Metrics for Prometheus; requires the admin token, and answers 404 if the server has none. */
export const handler = {
  async GET({ req, info, state }: Context<State>): Promise<Response> {
    const { parley } = state;
    const { address } = parley.clientOf(req, remoteAddress(info));
    const refusal = parley.gate.refusal(req, address);
    if (refusal?.status === 404) throw new HttpError(404);
    if (refusal !== undefined) {
      return new Response("the admin token is missing or wrong\n", refusal);
    }
    const { metrics } = parley;
    const { text, contentType } = await metrics.text();
    const headers = { "content-type": contentType, "cache-control": "no-store" };
    return new Response(text, { headers });
  },
};
