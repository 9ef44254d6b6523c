/** The REST interface in OpenAPI 3.1, as GET /api/v1/openapi.json gives it; tests hold the real answers against it. */
import { limits } from "../../protocol/mod.ts";
import { version } from "../version.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };
const flag = { type: "boolean" };
const right = { enum: ["everyone", "owners"] };
const role = { enum: ["member", "owner"] };
const capacity = { type: "integer", minimum: 2, maximum: limits.roomCapacityMost };

function object(properties: Readonly<Record<string, unknown>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, required, additionalProperties: false };
}

function answer(description: string, schema?: unknown) {
  return schema === undefined
    ? { description }
    : { description, content: { "application/json": { schema } } };
}

function asked(schema: unknown) {
  return { required: true, content: { "application/json": { schema } } };
}

function parameter(name: string, description: string) {
  return { name, in: "path", required: true, description, schema: text };
}

const wishes = {
  locked: flag,
  knocking: flag,
  password: { type: "string", maxLength: limits.password, description: "empty: none" },
  chat: right,
  screen: right,
  files: right,
  capacity,
};

const problems = {
  "400": answer("The body is not as it should be", ref("Error")),
  "401": answer("No token, or a wrong one", ref("Error")),
  "404": answer("No such thing, or no administration", ref("Error")),
  "429": answer("Too many wrong tokens; see Retry-After", ref("Error")),
};

/** The document. */
export const openapi = {
  openapi: "3.1.0",
  info: {
    title: "Parley",
    version,
    description: "Rooms of a Parley server, for other programs. Times are ms since the epoch.",
  },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }],
  paths: {
    "/openapi.json": {
      get: { summary: "This document", responses: { "200": answer("It", { type: "object" }) } },
    },
    "/rooms": {
      get: {
        summary: "All rooms that have people in them or rules kept of them",
        responses: {
          "200": answer(
            "The rooms",
            object({ rooms: { type: "array", items: ref("RoomInBrief") } }),
          ),
          "401": problems["401"],
        },
      },
      post: {
        summary: "Make a room with rules; without a name it gets one nobody guesses",
        description: "Whoever opens it does not own it: owners come by `ownerUrl` or an invite.",
        requestBody: asked(object({ name: text, ...wishes }, ["name", ...Object.keys(wishes)])),
        responses: {
          "201": answer("It is made", ref("Room")),
          "400": problems["400"],
          "401": problems["401"],
          "409": answer("There is one of this name", ref("Error")),
        },
      },
    },
    "/rooms/{room}": {
      parameters: [parameter("room", "its name")],
      get: {
        summary: "One room with its people and invites",
        responses: { "200": answer("The room", ref("Room")), "404": problems["404"] },
      },
      patch: {
        summary: "Change its rules; what is not said stays",
        requestBody: asked(object(wishes, Object.keys(wishes))),
        responses: {
          "200": answer("The room as it is now", ref("Room")),
          "400": problems["400"],
          "404": problems["404"],
        },
      },
      delete: {
        summary: "Take everybody out and forget its rules",
        responses: { "204": answer("Done"), "404": problems["404"] },
      },
    },
    "/rooms/{room}/invites": {
      parameters: [parameter("room", "its name")],
      post: {
        summary: "Make a link that opens the door",
        requestBody: asked(
          object({
            role,
            lifetimeMs: {
              type: "integer",
              minimum: 60_000,
              maximum: limits.inviteMs,
              description: "a day if not said",
            },
          }, ["lifetimeMs"]),
        ),
        responses: {
          "201": answer("It is made", ref("Invite")),
          "400": problems["400"],
          "404": problems["404"],
          "409": answer("There are as many as there may be", ref("Error")),
        },
      },
    },
    "/rooms/{room}/invites/{inviteId}": {
      parameters: [parameter("room", "its name"), parameter("inviteId", "its number")],
      delete: {
        summary: "Revoke an invite",
        responses: { "204": answer("Done"), "404": problems["404"] },
      },
    },
    "/rooms/{room}/peers/{peerId}": {
      parameters: [parameter("room", "its name"), parameter("peerId", "as in the room")],
      delete: {
        summary: "Remove somebody",
        parameters: [{
          name: "ban",
          in: "query",
          description: "1: the peer and its address stay out while the room has people",
          schema: { enum: ["0", "1"] },
        }],
        responses: { "204": answer("Done"), "404": problems["404"] },
      },
    },
    "/drain": {
      post: {
        summary: "Stop the server gracefully, as SIGTERM does",
        responses: { "202": answer("It stops", object({ status: { const: "draining" } })) },
      },
    },
  },
  components: {
    securitySchemes: { token: { type: "http", scheme: "bearer" } },
    schemas: {
      Error: object({ error: text }),
      Rules: object({
        locked: flag,
        knocking: flag,
        password: { type: "boolean", description: "whether there is one" },
        chat: right,
        screen: right,
        files: right,
        capacity,
        owners: { type: "array", items: text, description: "peer ids of those inside" },
      }),
      RoomInBrief: object({
        name: text,
        url: text,
        peers: { type: "integer", minimum: 0 },
        rules: ref("Rules"),
      }),
      Peer: object({
        peerId: text,
        name: text,
        dialect: { enum: ["parley", "skyrtc"] },
        away: flag,
        owner: flag,
      }),
      Invite: object({
        inviteId: { type: "integer", minimum: 0 },
        role,
        expires: { type: "integer" },
        url: text,
      }),
      Room: object({
        name: text,
        url: text,
        rules: ref("Rules"),
        peers: { type: "array", items: ref("Peer") },
        invites: { type: "array", items: ref("Invite") },
        ownerUrl: { type: "string", description: "makes its bearer an owner; good for 90 days" },
      }),
    },
  },
} as const;
