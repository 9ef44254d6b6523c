/** The request bodies of the REST interface; openapi.ts has the shapes of the answers. */
import * as is from "../../protocol/schema.ts";
import { limits, rights, roles, roomName, serverLimits } from "../../protocol/mod.ts";

const right = is.oneOf(...rights);
const room = is.canonical(roomName, "1 to 64 letters, digits, - or _");

/** The rules of a room; each is optional. */
const rules = {
  locked: is.boolean,
  knocking: is.boolean,
  password: is.text({ most: limits.password }),
  chat: right,
  screen: right,
  files: right,
  capacity: is.integer({ least: 2, most: limits.roomCapacityMost }),
};

/** The body of `POST /rooms`. */
export const newRoom = is.object({}, { name: room, ...rules });

/** The body of `PATCH /rooms/{room}`. */
export const roomChanges = is.object({}, rules);

/** The body of `POST /rooms/{room}/invites`. */
export const newInvite = is.object({ role: is.oneOf(...roles) }, {
  lifetimeMs: is.integer({ least: 60_000, most: serverLimits.inviteMs }),
});
