import type { Context } from "fresh";
import { hueOf } from "../../../app/ui/hue.ts";
import { roomName } from "../../../protocol/mod.ts";
import { type Insider, RoomsUnavailable } from "../../../signaling/mod.ts";
import type { State } from "../../../server/parley.ts";
import { bearerOf, decodedRoom, remoteAddress } from "../../../server/request.ts";

const headers = { "cache-control": "no-store" };

/**
 * Who is in a room, for the page before joining. Of an open room it holds no peer ids: that page
 * needs only the colour of each person. The people of a sealed room have no names here, but sealed
 * texts, which are opened with the id they are made for. If the room is closed to some newcomers,
 * only the bearer of an owner key is told.
 */
export const handler = {
  async GET({ params, info, req, state }: Context<State>): Promise<Response> {
    const { hub, reads } = state.parley;
    const { address } = state.parley.clientOf(req, remoteAddress(info));
    if (!reads.admits(address, performance.now())) {
      const again = { ...headers, "retry-after": "10" };
      const error = "too many requests; try again in 10 s";
      return Response.json({ error }, { status: 429, headers: again });
    }
    const room = roomName(decodedRoom(params.room ?? ""));
    if (room === undefined) {
      return Response.json({ error: "no room can have this name" }, { status: 404, headers });
    }
    let insiders: readonly Insider[] | undefined;
    try {
      const ownerKey = bearerOf(req);
      const owned = ownerKey === undefined ? undefined : await hub.owned(room, ownerKey);
      insiders = owned?.people ?? await hub.inside(room);
    } catch (error) {
      if (!(error instanceof RoomsUnavailable)) throw error;
      const again = { ...headers, "retry-after": "2" };
      return Response.json({ error: `${error.message}; try again` }, {
        status: 503,
        headers: again,
      });
    }
    if (insiders === undefined) return Response.json({ hidden: true }, { headers });
    const people = insiders.map(({ peerId, name, sealed }) => {
      const hue = hueOf(peerId);
      return sealed === undefined ? { name, hue } : { peerId, hue, sealed };
    });
    return Response.json({ people }, { headers });
  },
};
