import type { Context } from "fresh";
import type { State } from "../server/parley.ts";
import { remoteAddress } from "../server/request.ts";

/** How the server sees a client, for `parley doctor`; a client learns only about itself. */
export const handler = {
  GET({ req, info, state }: Context<State>): Response {
    const direct = remoteAddress(info);
    const { address, host, secure } = state.parley.clientOf(req, direct);
    return Response.json({ host, secure, direct: address === direct }, {
      headers: { "cache-control": "no-store" },
    });
  },
};
