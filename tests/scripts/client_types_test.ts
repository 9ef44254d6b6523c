// The declared types of the npm package must equal those of the source; `deno task check` compares.

import { assert } from "../assert.ts";
import { RoomClient, type RoomClientEvent } from "../../mesh/client.ts";
import type * as Declared from "../../scripts/client/index.d.ts";

type Fits<Given, Wanted> = [Given] extends [Wanted] ? true : false;
type Same<One, Other> = Fits<One, Other> extends true ? Fits<Other, One> : false;

const sameEvents: Same<RoomClientEvent, Declared.RoomClientEvent> = true;
const sameEventTypes: Same<RoomClientEvent["type"], Declared.RoomClientEvent["type"]> = true;
const sameMembers: Same<keyof RoomClient, keyof Declared.RoomClient> = true;
const sameState: Same<RoomClient["state"], Declared.SessionState> = true;
const sameClient: Same<Pick<RoomClient, keyof RoomClient>, Declared.RoomClient> = true;
const sameVisit: Same<Parameters<RoomClient["join"]>[0], Declared.Visit> = true;
const anySocket: Fits<typeof WebSocket, Declared.SocketClass> = true;
/** What is declared is what can be made. */
const asDeclared: typeof Declared.RoomClient = RoomClient;

Deno.test("the declared types are those of the source", () => {
  assert(sameEvents && sameEventTypes && sameMembers && sameState && sameClient && sameVisit);
  assert(anySocket && asDeclared === RoomClient);
});
