/**
 * The answers of the REST interface, for `parley admin` and the page /admin. Not part of mod.ts, so
 * that the pages of rooms do not load it. docs/api.md is the manual.
 */
import { limits } from "./limits.ts";
import * as is from "./schema.ts";

const text = is.text({ most: 10_000 });
const count = is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER });
const audience = is.oneOf("everyone", "owners");

const rules = is.object({
  locked: is.boolean,
  knocking: is.boolean,
  password: is.boolean,
  chat: audience,
  screen: audience,
  files: audience,
  capacity: count,
  owners: is.list(text, limits.roomCapacityMost + 1),
});
const room = { name: text, url: text, sealed: is.boolean, rules };
/** In a sealed room, names are empty. */
const person = is.object({
  peerId: text,
  name: text,
  dialect: text,
  away: is.boolean,
  owner: is.boolean,
});
const invite = is.object({ inviteId: count, role: text, expires: count, url: text });

/** Checks the answer to `GET /rooms`. */
export const adminRooms = is.object({
  rooms: is.list(is.object({ ...room, peers: count }), 1_000_000),
});
/** Checks the answer to `GET /rooms/{room}`. */
export const adminRoom = is.object({
  ...room,
  peers: is.list(person, 1_000),
  invites: is.list(invite, limits.invitesPerRoom),
  ownerUrl: text,
});
/** Checks the answer to `GET /nodes`. */
export const adminNodes = is.object({
  nodes: is.list(
    is.object({
      node: text,
      version: text,
      takesRooms: is.boolean,
      rooms: count,
      answering: is.boolean,
    }),
    1_000,
  ),
});
/** Checks every answer without success. */
export const adminFailure = is.object({ error: text });

/** A node of a cluster. */
export type AdminNode = is.Checked<typeof adminNodes>["nodes"][number];
/** A room in the list of rooms. `peers`: how many. */
export type AdminRoom = is.Checked<typeof adminRooms>["rooms"][number];
/** A room with its peers and invites. */
export type AdminRoomInFull = is.Checked<typeof adminRoom>;
