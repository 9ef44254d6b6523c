/**
 * The REST interface for other programs and for `parley admin`: rooms, their peers and invites.
 * Every request needs the admin token. docs/api.md is the manual, openapi.ts the same for programs.
 */
import type { Check } from "../../protocol/schema.ts";
import { checked, limits, readJson, roomName } from "../../protocol/mod.ts";
import {
  type AdminCommand,
  mapBounded,
  RoomsUnavailable,
  type RoomView,
} from "../../signaling/mod.ts";
import type { Parley } from "../parley.ts";
import { openapi } from "./openapi.ts";
import { newInvite, newRoom, roomChanges } from "./schemas.ts";

/** One request with what its route needs. */
interface ApiRequest {
  readonly parley: Parley;
  readonly request: Request;
  /** Origin and base path of the pages; only the base path if the request names no host. */
  readonly site: string;
  /** The values of the wildcards in the path. */
  readonly parts: readonly string[];
}

type Route = (asked: ApiRequest) => Response | Promise<Response>;

/** Bytes; a larger body is refused unread. */
const bodyMost = 16 * 1024;
const dayMs = 24 * 60 * 60_000;

const routes: Readonly<Record<string, Route>> = {
  "GET /openapi.json": ({ site }) =>
    json(200, { ...openapi, servers: [{ url: `${site}/api/v1` }] }),
  "GET /rooms": async ({ parley, site }) => {
    const { hub } = parley;
    const views = await mapBounded(await hub.rooms(), (name) => hub.view(name));
    const rooms = views.filter((view) => view !== undefined);
    return json(200, { rooms: rooms.map((view) => summaryOf(view, site)) });
  },
  "POST /rooms": createRoom,
  "GET /rooms/*": (asked) => withRoom(asked, (view) => json(200, detailsOf(view, asked.site))),
  "PATCH /rooms/*": (asked) =>
    withRoom(asked, async ({ name }) => {
      const rules = await body(asked, roomChanges);
      if (rules instanceof Response) return rules;
      return await execute(asked, { name, command: { does: "reserve", rules } }) ??
        withRoom(asked, (view) => json(200, detailsOf(view, asked.site)));
    }),
  "DELETE /rooms/*": (asked) =>
    withRoom(
      asked,
      async ({ name }) => await execute(asked, { name, command: { does: "close" } }) ?? noContent(),
    ),
  "POST /rooms/*/invites": (asked) => withRoom(asked, (view) => createInvite(asked, view)),
  "DELETE /rooms/*/invites/*": (asked) =>
    withRoom(asked, async ({ name, invites }) => {
      const invite = invites.find(({ inviteId }) => String(inviteId) === asked.parts[1]);
      if (invite === undefined) return failure(404, "no such invite");
      const { inviteId } = invite;
      return await execute(asked, { name, command: { does: "revoke", inviteId } }) ?? noContent();
    }),
  "DELETE /rooms/*/peers/*": (asked) =>
    withRoom(asked, async ({ name, peers }) => {
      const peer = peers.find(({ peerId }) => peerId === asked.parts[1]);
      if (peer === undefined) return failure(404, "no such peer in this room");
      const ban = new URL(asked.request.url).searchParams.get("ban") === "1";
      const { peerId } = peer;
      return await execute(asked, { name, command: { does: "remove", peerId, ban } }) ??
        noContent();
    }),
  "GET /nodes": async ({ parley: { cluster } }) => {
    const nodes = await cluster?.nodes() ?? [];
    const shown = nodes.map(({ node, version, takesRooms, rooms }) => {
      return { node, version, takesRooms, rooms, answering: node === cluster?.id };
    });
    return json(200, { nodes: shown.toSorted((one, other) => one.node < other.node ? -1 : 1) });
  },
  "POST /drain": ({ parley }) => {
    parley.drain();
    return json(202, { status: "draining" });
  },
};

/** Answers one request. `path`: the part after `/api/v1`. */
export async function answerApi(
  { parley, request, site, path }: Omit<ApiRequest, "parts"> & { path: string },
): Promise<Response> {
  const matched = Object.entries(routes).flatMap(([pattern, route]) => {
    const [method = "", shape = ""] = pattern.split(" ");
    const parts = match(shape, path);
    return parts === undefined ? [] : [{ method, route, parts }];
  });
  if (matched.length === 0) return failure(404, "no such path; see /api/v1/openapi.json");
  const found = matched.find(({ method }) => method === request.method);
  if (found === undefined) {
    const allow = matched.map(({ method }) => method).join(", ");
    return failure(405, `method ${request.method} is not allowed; use ${allow}`, { allow });
  }
  try {
    return await found.route({ parley, request, site, parts: found.parts });
  } catch (error) {
    if (!(error instanceof RoomsUnavailable)) throw error;
    return tryAgain(error.message);
  }
}

/** The answer while something is missing that should soon be there. */
function tryAgain(reason: string): Response {
  return failure(503, `${reason}; try again in 2 s`, { "retry-after": "2" });
}

function match(shape: string, path: string): string[] | undefined {
  const [wanted, given] = [shape.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  const fits = wanted.every((part, index) => part === "*" || part === given[index]);
  return fits ? given.filter((_, index) => wanted[index] === "*").map(decoded) : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function createRoom(asked: ApiRequest): Promise<Response> {
  const wanted = await body(asked, newRoom);
  if (wanted instanceof Response) return wanted;
  const { hub } = asked.parley;
  const { name = randomName(), ...rules } = wanted;
  if (await hub.view(name) !== undefined) {
    return failure(409, "a room with this name exists; choose another name");
  }
  const refusal = await execute(asked, { name, command: { does: "reserve", rules } });
  const view = await hub.view(name);
  if (refusal !== undefined) return refusal;
  if (view === undefined) return failure(500, "failed to create the room");
  const location = `${asked.site}/api/v1/rooms/${encodeURIComponent(name)}`;
  return json(201, detailsOf(view, asked.site), { location });
}

async function createInvite(asked: ApiRequest, { name, invites }: RoomView): Promise<Response> {
  const wanted = await body(asked, newInvite);
  if (wanted instanceof Response) return wanted;
  if (invites.length >= limits.invitesPerRoom) return failure(409, "too many invites; revoke one");
  const { role, lifetimeMs = dayMs } = wanted;
  await execute(asked, { name, command: { does: "invite", role, lifetimeMs } });
  const made = (await asked.parley.hub.view(name))?.invites.at(-1);
  return made === undefined
    ? failure(500, "failed to create the invite")
    : json(201, inviteAnswer(made, { name, site: asked.site }));
}

async function withRoom(
  asked: ApiRequest,
  answer: (view: RoomView) => Response | Promise<Response>,
): Promise<Response> {
  const name = roomName(asked.parts[0] ?? "");
  const view = name === undefined ? undefined : await asked.parley.hub.view(name);
  return view === undefined ? failure(404, "no such room") : await answer(view);
}

/** Gives a command to the core; undefined: it was carried out. */
async function execute(
  { parley }: ApiRequest,
  { name, command }: { name: string; command: AdminCommand },
): Promise<Response | undefined> {
  const isDone = await parley.hub.execute(name, command);
  return isDone ? undefined : tryAgain("the server is busy");
}

async function body<T>({ request }: ApiRequest, check: Check<T>): Promise<T | Response> {
  const tooLarge = () => failure(413, `the body is larger than ${bodyMost} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > bodyMost) return tooLarge();
  const text = await request.text();
  if (text.length > bodyMost) return tooLarge();
  const read = checked(check, text === "" ? {} : readJson(text));
  return read.ok ? read.message : failure(400, read.reason);
}

function summaryOf({ name, sealed, rules, peers }: RoomView, site: string) {
  return { name, url: roomAddress(name, site), sealed, peers: peers.length, rules };
}

function detailsOf(view: RoomView, site: string) {
  const { name, peers, invites, ownerKey } = view;
  return {
    ...summaryOf(view, site),
    peers: peers.map(({ peerId, name, dialect, away, owner }) => ({
      ...{ peerId, name, dialect, away, owner },
    })),
    invites: invites.map((invite) => inviteAnswer(invite, { name, site })),
    ownerUrl: `${roomAddress(name, site)}#owner=${ownerKey}`,
  };
}

function inviteAnswer(
  { inviteId, role, expires, invite }: RoomView["invites"][number],
  { name, site }: { name: string; site: string },
) {
  return { inviteId, role, expires, url: `${roomAddress(name, site)}#invite=${invite}` };
}

function roomAddress(name: string, site: string): string {
  return `${site}/r/${encodeURIComponent(name)}`;
}

/** A room name that nobody guesses: 100 random bits. */
function randomName(): string {
  const letters = "abcdefghijkmnopqrstuvwxyz23456789".slice(0, 32);
  return [...crypto.getRandomValues(new Uint8Array(20))].map((byte) => letters[byte % 32]).join("");
}

function json(status: number, value: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(value, { status, headers: { "cache-control": "no-store", ...headers } });
}

function noContent(): Response {
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
}

function failure(
  status: number,
  error: string,
  headers: Record<string, string> = {},
): Response {
  return json(status, { error }, headers);
}
