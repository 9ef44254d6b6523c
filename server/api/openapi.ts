/**
 * The REST interface in OpenAPI 3.1, as GET /api/v1/openapi.json answers it. Tests check the real
 * answers against it.
 */
import { limits, serverLimits } from "../../protocol/mod.ts";
import { version } from "../version.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };
const flag = { type: "boolean" };
const right = { enum: ["everyone", "owners"] };
const role = { enum: ["member", "owner"] };
const capacity = { type: "integer", minimum: 2, maximum: limits.roomCapacityMost };

const sealed = {
  type: "boolean",
  description: "whether its members read what the server cannot; then `url` lacks their secret",
};

function object(properties: Readonly<Record<string, unknown>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, required, additionalProperties: false };
}

function answer(description: string, schema?: unknown) {
  return schema === undefined
    ? { description }
    : { description, content: { "application/json": { schema } } };
}

function requestBody(schema: unknown) {
  return { required: true, content: { "application/json": { schema } } };
}

function parameter(name: string, description: string) {
  return { name, in: "path", required: true, description, schema: text };
}

const rules = {
  locked: flag,
  knocking: flag,
  password: { type: "string", maxLength: limits.password, description: "empty: no password" },
  chat: right,
  screen: right,
  files: right,
  capacity,
};

const problems = {
  "400": answer("The body is invalid", ref("Error")),
  "401": answer("The token is missing or wrong", ref("Error")),
  "404": answer("No such resource, or the server has no admin token", ref("Error")),
  "429": answer("Too many wrong tokens; see Retry-After", ref("Error")),
  "503": answer("The rooms cannot be reached now; see Retry-After", ref("Error")),
};

/** The document, ready for `JSON.stringify`. */
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
      get: {
        summary: "This document",
        responses: { "200": answer("The document", { type: "object" }) },
      },
    },
    "/rooms": {
      get: {
        summary: "List all rooms that have members or kept rules",
        responses: {
          "200": answer(
            "The rooms",
            object({ rooms: { type: "array", items: ref("RoomInBrief") } }),
          ),
          "401": problems["401"],
        },
      },
      post: {
        summary: "Create a room with rules; without a name it gets a random one",
        description: "The first person in the room does not own it: `ownerUrl` and invites " +
          "with the role owner make owners.",
        requestBody: requestBody(
          object({ name: text, ...rules }, ["name", ...Object.keys(rules)]),
        ),
        responses: {
          "201": answer("The room was created", ref("Room")),
          "400": problems["400"],
          "401": problems["401"],
          "409": answer("A room with this name exists", ref("Error")),
        },
      },
    },
    "/rooms/{room}": {
      parameters: [parameter("room", "name of the room")],
      get: {
        summary: "Show a room with its members and invites",
        responses: { "200": answer("The room", ref("Room")), "404": problems["404"] },
      },
      patch: {
        summary: "Change the rules that the body names",
        requestBody: requestBody(object(rules, Object.keys(rules))),
        responses: {
          "200": answer("The room with its new rules", ref("Room")),
          "400": problems["400"],
          "404": problems["404"],
        },
      },
      delete: {
        summary: "Remove all members and forget the rules",
        responses: { "204": answer("The room is closed"), "404": problems["404"] },
      },
    },
    "/rooms/{room}/invites": {
      parameters: [parameter("room", "name of the room")],
      post: {
        summary: "Create an invite link",
        requestBody: requestBody(
          object({
            role,
            lifetimeMs: {
              type: "integer",
              minimum: 60_000,
              maximum: serverLimits.inviteMs,
              description: "ms; by default a day",
            },
          }, ["lifetimeMs"]),
        ),
        responses: {
          "201": answer("The invite was created", ref("Invite")),
          "400": problems["400"],
          "404": problems["404"],
          "409": answer("The room has the maximum number of invites", ref("Error")),
        },
      },
    },
    "/rooms/{room}/invites/{inviteId}": {
      parameters: [
        parameter("room", "name of the room"),
        parameter("inviteId", "number of the invite"),
      ],
      delete: {
        summary: "Revoke an invite",
        responses: { "204": answer("The invite is revoked"), "404": problems["404"] },
      },
    },
    "/rooms/{room}/peers/{peerId}": {
      parameters: [
        parameter("room", "name of the room"),
        parameter("peerId", "id of the member"),
      ],
      delete: {
        summary: "Remove a member",
        parameters: [{
          name: "ban",
          in: "query",
          description: "1: also ban the peer and its address while the room has members",
          schema: { enum: ["0", "1"] },
        }],
        responses: { "204": answer("The member is removed"), "404": problems["404"] },
      },
    },
    "/nodes": {
      get: {
        summary: "List the nodes of the cluster; none if this server is no node",
        responses: {
          "200": answer("The nodes", object({ nodes: { type: "array", items: ref("Node") } })),
          "503": problems["503"],
        },
      },
    },
    "/drain": {
      post: {
        summary: "Stop the server gracefully, as SIGTERM does",
        responses: {
          "202": answer("The server is stopping", object({ status: { const: "draining" } })),
        },
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
        password: { type: "boolean", description: "whether the room has a password" },
        chat: right,
        screen: right,
        files: right,
        capacity,
        owners: { type: "array", items: text, description: "peer ids of the owners in the room" },
      }),
      RoomInBrief: object({
        name: text,
        url: text,
        sealed,
        peers: { type: "integer", minimum: 0 },
        rules: ref("Rules"),
      }),
      Node: object({
        node: { type: "string", description: "16 hex digits, new with each start" },
        version: text,
        takesRooms: { type: "boolean", description: "false: it is short of memory, or stops" },
        rooms: { type: "integer", minimum: 0, description: "rooms whose home it is" },
        answering: { type: "boolean", description: "whether it has answered this request" },
      }),
      Peer: object({
        peerId: text,
        name: { type: "string", description: "empty in a sealed room" },
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
        sealed,
        rules: ref("Rules"),
        peers: { type: "array", items: ref("Peer") },
        invites: { type: "array", items: ref("Invite") },
        ownerUrl: { type: "string", description: "makes its bearer an owner; valid for 90 days" },
      }),
    },
  },
} as const;
