/** What other programs may ask the REST interface for; the answers' shapes are in openapi.ts. */
import * as is from "../../protocol/schema.ts";
import { limits, rights, roles, roomName } from "../../protocol/mod.ts";

const right = is.oneOf(...rights);
const room = is.canonical(roomName, "1 to 64 letters, digits, - or _");

/** What is decided about a room; all of it can be left out. */
const rules = {
  locked: is.boolean,
  knocking: is.boolean,
  password: is.text({ most: limits.password }),
  chat: right,
  screen: right,
  files: right,
  capacity: is.integer({ least: 2, most: limits.roomCapacityMost }),
};

/** `POST /rooms`. */
export const newRoom = is.object({}, { name: room, ...rules });

/** `PATCH /rooms/{room}`. */
export const roomChanges = is.object({}, rules);

/** `POST /rooms/{room}/invites`. */
export const newInvite = is.object({ role: is.oneOf(...roles) }, {
  lifetimeMs: is.integer({ least: 60_000, most: limits.inviteMs }),
});
