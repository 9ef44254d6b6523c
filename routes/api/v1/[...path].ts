import { type Context, HttpError } from "fresh";
import { siteOf } from "../../../server/client_address.ts";
import type { State } from "../../../server/parley.ts";
import { remoteAddress } from "../../../server/request.ts";

/** The REST interface. Without an admin token it answers 404 like every unknown path. */
async function handle({ req, info, url, state, config }: Context<State>): Promise<Response> {
  const { parley } = state;
  const client = parley.clientOf(req, remoteAddress(info));
  const refusal = parley.gate.refusal(req, client.address);
  if (refusal?.status === 404) throw new HttpError(404);
  if (refusal !== undefined) {
    const { status, headers } = refusal;
    const error = status === 429
      ? "too many wrong tokens; wait as Retry-After says"
      : "the admin token is missing or wrong";
    return Response.json({ error }, {
      status,
      headers: { "cache-control": "no-store", ...headers },
    });
  }
  const site = siteOf(client) + config.basePath;
  const path = url.pathname.slice(`${config.basePath}/api/v1`.length);
  const { answerApi } = await import("../../../server/api/api.ts");
  return await answerApi({ parley, request: req, site, path });
}

/** All methods of the REST interface. */
export const handler = {
  GET: handle,
  POST: handle,
  PATCH: handle,
  DELETE: handle,
  PUT: handle,
};
