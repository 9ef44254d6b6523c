import type { Context } from "fresh";
import {
  checked,
  doorbellLimits,
  type DoorbellRequest,
  readJson,
  roomName,
} from "../../../protocol/mod.ts";
import { doorbellRequest } from "../../../protocol/doorbell_checks.ts";
import { type BellCommand, RoomsUnavailable } from "../../../signaling/mod.ts";
import { bellDigest, bellFault } from "../../../server/doorbell/bells.ts";
import type { Parley, State } from "../../../server/parley.ts";
import { bearerOf, bodyText, decodedRoom, remoteAddress } from "../../../server/request.ts";

const headers = { "cache-control": "no-store" };

/**
 * The doorbell of a room: an owner, by an owner key, learns which browsers it tells and changes
 * them; a browser renews its subscription, by the secret of the one before; a notice lets in who
 * knocked, by the token that it came with.
 */
export const handler = {
  async GET(context: Context<State>): Promise<Response> {
    return await answered(context, async ({ room, parley }) => {
      const facts = parley.doorbell.facts();
      const ownerKey = bearerOf(context.req);
      if (ownerKey === undefined) return Response.json(facts, { headers });
      const owned = await parley.hub.owned(room, ownerKey);
      if (owned === undefined) return failure(403, "the owner key is not valid");
      return Response.json({ ...facts, bells: owned.bells.map(bellDigest) }, { headers });
    });
  },

  async POST(context: Context<State>): Promise<Response> {
    return await answered(context, async ({ room, parley }) => {
      const text = await bodyText(context.req, doorbellLimits.requestBytes);
      if (text === undefined) return failure(413, "the request is too large");
      const read = checked(doorbellRequest, readJson(text));
      if (!read.ok) return failure(400, read.reason);
      const { message } = read;
      const fault = "p256dh" in message ? await faultOf(message, parley) : undefined;
      if (fault !== undefined) return failure(400, fault);
      const ownerKey = bearerOf(context.req);
      if ((message.does === "add" || message.does === "remove") && ownerKey === undefined) {
        return failure(401, "an owner key is needed");
      }
      const isDone = await parley.hub.execute(room, commandOf(message, ownerKey ?? ""));
      if (isDone) return new Response(null, { status: 204, headers });
      return refusal(message);
    });
  },
};

interface Asked {
  readonly room: string;
  readonly parley: Parley;
}

/** The answer to a request, or why it is refused. */
async function answered(
  { params, info, req, state: { parley } }: Context<State>,
  answer: (asked: Asked) => Promise<Response>,
): Promise<Response> {
  const { address } = parley.clientOf(req, remoteAddress(info));
  if (!parley.reads.admits(address, performance.now())) {
    return failure(429, "too many requests; try again in 10 s", "10");
  }
  const room = roomName(decodedRoom(params.room ?? ""));
  if (room === undefined) return failure(404, "no room can have this name");
  try {
    return await answer({ room, parley });
  } catch (error) {
    if (!(error instanceof RoomsUnavailable)) throw error;
    return failure(503, `${error.message}; try again`, "2");
  }
}

async function faultOf(
  bell: DoorbellRequest & { does: "add" | "renew" },
  parley: Parley,
): Promise<string | undefined> {
  if (parley.doorbell.facts().key === undefined) return "this server has no doorbell";
  return await bellFault(bell, parley.settings.config.doorbellOrigins);
}

function commandOf(request: DoorbellRequest, ownerKey: string): BellCommand {
  switch (request.does) {
    case "let-in":
      return request;
    case "remove":
      return { does: "remove-bell", ownerKey, endpoint: request.endpoint };
    case "add": {
      const { endpoint, p256dh, auth } = request;
      return { does: "add-bell", ownerKey, bell: { endpoint, p256dh, auth } };
    }
    case "renew": {
      const { before, endpoint, p256dh, auth } = request;
      return { does: "renew-bell", before, bell: { endpoint, p256dh, auth } };
    }
  }
}

/** The answer to a request whose key, secret or token is not valid. */
function refusal({ does }: DoorbellRequest): Response {
  switch (does) {
    case "let-in":
      return failure(410, "nobody waits who could be let in with this token");
    case "renew":
      return failure(403, "the room does not know the subscription before");
    case "add":
    case "remove":
      return failure(403, "the owner key is not valid");
  }
}

function failure(status: number, error: string, again?: string): Response {
  const response = Response.json({ error }, { status, headers });
  if (again !== undefined) response.headers.set("retry-after", again);
  return response;
}
