/** `parley admin …`: the REST interface from the command line. */
import type { Check } from "../protocol/schema.ts";
import { adminFailure, adminNodes, adminRoom, adminRooms } from "../protocol/admin.ts";
import { checked, readJson } from "../protocol/mod.ts";

/** The arguments of `parley admin`. */
export interface AdminCommand {
  readonly words: readonly string[];
  /** The address of the server, with its base path. */
  readonly url: string;
  /** The file named by --admin-token-file. */
  readonly tokenFile: string | undefined;
}

/** The output lines and the exit code. */
export interface AdminResult {
  readonly lines: readonly string[];
  readonly code: 0 | 1 | 2;
}

const usage = [
  "parley admin rooms               list rooms",
  "parley admin peers ROOM          list the people in a room",
  "parley admin kick ROOM PEER      remove a person",
  "parley admin close ROOM          remove everybody and forget the rules",
  "parley admin nodes               list the nodes of a cluster",
  "parley admin drain               stop the server gracefully",
  "with --admin-token-file FILE, and --url URL if the server is not http://localhost:8000",
];

/** Runs the command; never rejects. */
export async function admin(command: AdminCommand): Promise<AdminResult> {
  const [what = "", ...names] = command.words;
  const needed = { rooms: 0, peers: 1, kick: 2, close: 1, nodes: 0, drain: 0 }[what];
  if (needed !== names.length) return { lines: usage, code: 2 };
  if (command.tokenFile === undefined) {
    return { lines: ["parley admin needs --admin-token-file"], code: 2 };
  }
  try {
    const token = (await Deno.readTextFile(command.tokenFile)).trim();
    return { lines: await run(what, { names, url: command.url, token }), code: 0 };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { lines: [`parley admin: ${reason}`], code: 1 };
  }
}

interface Work {
  readonly names: readonly string[];
  readonly url: string;
  readonly token: string;
}

async function run(what: string, work: Work): Promise<string[]> {
  const [room = "", peerId = ""] = work.names.map(encodeURIComponent);
  switch (what) {
    case "rooms": {
      const { rooms: all } = await ask("GET", { ...work, path: "rooms", check: adminRooms });
      return all.map(({ name, peers, sealed }) =>
        `${String(peers).padStart(3)}  ${name}${sealed ? "  sealed" : ""}`
      );
    }
    case "peers": {
      const { peers } = await ask("GET", { ...work, path: `rooms/${room}`, check: adminRoom });
      return peers.map(({ peerId, name, owner, away }) =>
        [peerId, name, owner ? "owner" : "", away ? "away" : ""].filter(Boolean).join("  ")
      );
    }
    case "nodes": {
      const { nodes } = await ask("GET", { ...work, path: "nodes", check: adminNodes });
      return nodes.map(({ node, version, rooms, takesRooms, answering }) =>
        [
          ...[node, version, `${rooms} rooms`],
          ...takesRooms ? [] : ["takes no rooms"],
          ...answering ? ["answers here"] : [],
        ].join("  ")
      );
    }
    case "kick":
      await ask("DELETE", { ...work, path: `rooms/${room}/peers/${peerId}`, check: anything });
      return ["removed"];
    case "close":
      await ask("DELETE", { ...work, path: `rooms/${room}`, check: anything });
      return ["closed"];
    default:
      await ask("POST", { ...work, path: "drain", check: anything });
      return ["stopping"];
  }
}

/** Sends one request; throws an Error whose message is for people. */
async function ask<T>(
  method: string,
  { url, token, path, check }: Work & { path: string; check: Check<T> },
): Promise<T> {
  const address = `${url.replace(/\/$/, "")}/api/v1/${path}`;
  const answer = await fetch(address, { method, headers: { authorization: `Bearer ${token}` } })
    .catch(() => {
      throw new Error(`no server answers at ${url}; choose another with --url`);
    });
  const text = await answer.text();
  const value = text === "" ? null : readJson(text);
  if (!answer.ok) {
    const reason = checked(adminFailure, value);
    if (answer.status === 404 && !reason.ok) {
      throw new Error("that server has no admin token; start it with --admin-token-file");
    }
    throw new Error(reason.ok ? reason.message.error : `the server answered ${answer.status}`);
  }
  const read = checked(check, value);
  if (!read.ok) throw new Error(`the answer is not from a Parley of this version: ${read.reason}`);
  return read.message;
}

function anything(value: unknown): unknown {
  return value;
}
